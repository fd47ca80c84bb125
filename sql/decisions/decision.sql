-- The decision of every programme for every person, with its reasons. A view: reasons are kept once a pattern.
-- grain: a person and a programme that is eligible or unknown, or ineligible while it is received
-- columns: person_key, programme, pattern, decision, amount_monthly, conditions, missing, gives_way_to, why_not
-- from: decisions.pattern, decisions.verdict
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
