-- 各项目一览：符合、待核实（数据不足）、在享受而不再符合的人次；少于 5 人次的不列。
-- grain: a programme × decision
-- columns: programme, decision, people, amount_monthly
-- from: analyst.decision
SELECT programme, decision, count(*) AS people, sum(amount_monthly) AS amount_monthly
FROM analyst.decision
GROUP BY programme, decision
HAVING count(*) >= 5
ORDER BY programme, decision
