-- What decisions look like, each once: the same conditions come out the same way for very many people, so a decision
-- only points here.
-- grain: a programme × the values of its conditions × what is missing, of five people or more
-- columns: programme, conditions, missing, policy_version, citation, outcome
-- from: release_key.outcome, release_key.shown_value
SELECT DISTINCT o.programme, o.conditions, o.missing, o.policy_version, o.citation, o.outcome
FROM release_key.outcome AS o
INNER JOIN release_key.shown_value AS v
    ON v.column_name = 'outcome' AND v.programme = o.programme AND v.value = CAST(o.outcome AS VARCHAR)
ORDER BY o.outcome
