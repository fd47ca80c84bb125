-- 停发人次与依据：一个来源的须先核实；少于 5 人次的不列。
-- grain: a programme × evidence
-- columns: programme, programme_name, stop_evidence, people, amount_monthly
-- from: analyst.candidate
SELECT programme, programme_name, stop_evidence, count(*) AS people, sum(current_amount) AS amount_monthly
FROM analyst.candidate
WHERE action = 'stop'
GROUP BY programme, programme_name, stop_evidence
HAVING count(*) >= 5
ORDER BY programme, stop_evidence
