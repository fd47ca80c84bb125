-- The decision of every programme for every person, with its reasons. A view: reasons are kept once a pattern.
-- One row: a person and a programme for which she is eligible or unknown, or ineligible while she receives it.
-- materialized: view
SELECT
    v.person_key,
    v.programme,
    v.pattern,
    v.decision,
    v.amount_monthly,
    t.conditions,
    t.missing,
    v.gives_way_to,
    CASE
        WHEN v.gives_way_to IS NOT NULL THEN 'gives way to ' || v.gives_way_to
        WHEN v.displaced THEN 'household served'
        WHEN v.decision = 'ineligible' THEN t.fails_text
    END AS why_not
FROM decisions.verdict AS v
INNER JOIN decisions.pattern AS t ON t.programme = v.programme AND t.pattern = v.pattern
