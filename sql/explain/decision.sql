-- The decisions that are published about one person.
-- grain: a programme
-- columns: programme, decision, amount_monthly, conditions, missing, gives_way_to, policy_version, citation
-- from: mart.decision
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
