-- 停发人次与依据：一个来源的须先核实；少于 5 人次的不列。
-- grain: a programme × evidence
-- columns: programme, programme_name, stop_evidence, stop_evidence_name, people, amount_monthly
-- from: analyst.candidate, analyst.code
SELECT
    candidate.programme,
    candidate.programme_name,
    candidate.stop_evidence,
    evidence.code_name AS stop_evidence_name,
    count(*) AS people,
    sum(candidate.current_amount) AS amount_monthly
FROM analyst.candidate AS candidate
LEFT JOIN analyst.code AS evidence
    ON evidence.column_name = 'stop_evidence' AND evidence.code = candidate.stop_evidence
WHERE candidate.action = 'stop'
GROUP BY candidate.programme, candidate.programme_name, candidate.stop_evidence, evidence.code_name
HAVING count(*) >= 5
ORDER BY candidate.programme, candidate.stop_evidence
