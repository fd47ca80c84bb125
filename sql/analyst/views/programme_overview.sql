-- 各项目一览：符合、待核实（数据不足）、在享受而不再符合的人次；少于 5 人次的不列。
-- grain: a programme × decision
-- columns: programme, programme_name, decision, decision_name, people, amount_monthly
-- from: analyst.code, analyst.decision_row, analyst.programme
SELECT
    counted.programme,
    programme.programme_name,
    counted.decision,
    decision.code_name AS decision_name,
    counted.people,
    counted.amount_monthly
FROM (
    SELECT programme, decision, count(*) AS people, sum(amount_monthly) AS amount_monthly
    FROM analyst.decision_row
    GROUP BY programme, decision
    HAVING count(*) >= 5
) AS counted
LEFT JOIN analyst.programme AS programme ON programme.programme = counted.programme
LEFT JOIN analyst.code AS decision ON decision.column_name = 'decision' AND decision.code = counted.decision
ORDER BY counted.programme, counted.decision
