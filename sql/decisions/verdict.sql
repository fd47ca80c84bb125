-- The decision of every programme for every person, without its reasons.
-- One row: a person and a programme for which she is eligible or unknown, or ineligible while she receives it.
-- materialized: view
SELECT
    e.person_key,
    e.programme,
    e.pattern,
    CASE
        WHEN x.person_key IS NOT NULL THEN 'ineligible'
        WHEN e.verdict THEN 'eligible'
        WHEN e.verdict IS NULL THEN 'unknown'
        ELSE 'ineligible'
    END AS decision,
    CASE WHEN x.person_key IS NULL THEN e.amount_monthly END AS amount_monthly,
    x.gives_way_to,
    x.person_key IS NOT NULL AS displaced
FROM decisions.evaluated AS e
LEFT JOIN decisions.displaced_today AS x ON x.person_key = e.person_key AND x.programme = e.programme
LEFT JOIN decisions.receipt AS r ON r.person_key = e.person_key AND r.programme = e.programme
WHERE r.person_key IS NOT NULL OR (x.person_key IS NULL AND (e.verdict OR e.verdict IS NULL))
