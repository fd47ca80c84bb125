-- mart.programme_rule: what this night decided by, part by part, so that a later night can see what the policy
-- changed.
-- grain: a programme × part of its rule
-- columns: programme, part, label, rule
-- from: changes.rule
SELECT programme, part, label, rule
FROM changes.rule
