-- The decision of every programme for every person, without its reasons.
-- grain: a person and a programme that is eligible or unknown, or ineligible while it is received
-- columns: person_key, programme, pattern, decision, amount_monthly, gives_way_to, displaced
-- from: decisions.actionable_case, decisions.displaced_today, decisions.evaluated, decisions.receipt
-- materialized: view
SELECT
    e.person_key,
    e.programme,
    e.pattern,
    CASE WHEN e.verdict THEN 'eligible' ELSE 'unknown' END AS decision,
    e.amount_monthly,
    CAST(NULL AS VARCHAR) AS gives_way_to,
    FALSE AS displaced
FROM decisions.evaluated AS e
LEFT JOIN decisions.displaced_today AS x ON x.person_key = e.person_key AND x.programme = e.programme
WHERE (e.verdict OR e.verdict IS NULL) AND x.person_key IS NULL
UNION ALL
SELECT
    e.person_key,
    e.programme,
    e.pattern,
    'ineligible' AS decision,
    CASE WHEN x.person_key IS NULL THEN e.amount_monthly END AS amount_monthly,
    x.gives_way_to,
    x.person_key IS NOT NULL AS displaced
FROM decisions.receipt AS r
INNER JOIN decisions.actionable_case AS e ON e.person_key = r.person_key AND e.programme = r.programme
LEFT JOIN decisions.displaced_today AS x ON x.person_key = e.person_key AND x.programme = e.programme
WHERE r.is_current AND (e.verdict = FALSE OR x.person_key IS NOT NULL)
