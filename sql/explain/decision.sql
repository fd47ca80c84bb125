-- The decisions that are published about one person. One row: a programme. From mart.decision.
SELECT
    programme,
    decision,
    amount_monthly,
    conditions,
    missing,
    gives_way_to,
    policy_version,
    citation
FROM mart.decision
WHERE person_id = $person_id
