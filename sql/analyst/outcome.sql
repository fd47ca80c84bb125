-- What decisions look like, each once: the same conditions come out the same way for very many people, so a decision
-- only points here. One row: a programme × the values of its conditions × what is missing. From mart.decision.
SELECT
    programme,
    conditions,
    missing,
    policy_version,
    citation,
    row_number() OVER (ORDER BY programme, CAST(conditions AS VARCHAR), CAST(missing AS VARCHAR)) AS outcome
FROM (
    SELECT DISTINCT programme, conditions, missing, policy_version, citation
    FROM mart.decision
) AS distinct_outcome
ORDER BY outcome
