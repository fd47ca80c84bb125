-- mart.decision_pattern: the reasons of decisions, each kept once: very many people share them.
-- grain: a programme × pattern of its conditions' values that some decision has
-- columns: programme, pattern, conditions, missing, policy_version, citation
-- from: decisions.decision, decisions.pattern, decisions.programme
SELECT
    t.programme,
    t.pattern,
    t.conditions,
    t.missing,
    g.policy_version,
    t.citation
FROM decisions.pattern AS t
LEFT JOIN decisions.programme AS g ON g.programme = t.programme
WHERE EXISTS (SELECT 1 FROM decisions.decision AS d WHERE d.programme = t.programme AND d.pattern = t.pattern)
