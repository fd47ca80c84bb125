-- The decision of every programme for every person, with its reasons.
-- One row: a person and a programme for which she is eligible or unknown, or ineligible while she receives it.
SELECT
    e.person_key,
    e.programme,
    CASE
        WHEN x.person_key IS NOT NULL THEN 'ineligible'
        WHEN e.verdict THEN 'eligible'
        WHEN e.verdict IS NULL THEN 'unknown'
        ELSE 'ineligible'
    END AS decision,
    CASE WHEN x.person_key IS NULL THEN e.amount_monthly END AS amount_monthly,
    t.conditions,
    t.missing,
    x.gives_way_to,
    CASE
        WHEN x.gives_way_to IS NOT NULL THEN 'gives way to ' || x.gives_way_to
        WHEN x.person_key IS NOT NULL THEN 'household served'
        WHEN e.verdict = FALSE THEN t.fails_text
    END AS why_not
FROM decisions.evaluated AS e
INNER JOIN decisions.pattern AS t ON t.programme = e.programme AND t.pattern = e.pattern
LEFT JOIN decisions.displaced_today AS x ON x.person_key = e.person_key AND x.programme = e.programme
LEFT JOIN decisions.receipt AS r ON r.person_key = e.person_key AND r.programme = e.programme
WHERE r.person_key IS NOT NULL OR (x.person_key IS NULL AND (e.verdict OR e.verdict IS NULL))
