-- Which outcome a pattern of reasons is: patterns that read the same are one.
-- grain: a programme × pattern
-- columns: programme, pattern, conditions, missing, policy_version, citation, outcome
-- from: mart.decision_pattern
SELECT
    programme,
    pattern,
    conditions,
    missing,
    policy_version,
    citation,
    dense_rank() OVER (
        ORDER BY programme, CAST(conditions AS VARCHAR), CAST(missing AS VARCHAR)
    ) AS outcome
FROM mart.decision_pattern
