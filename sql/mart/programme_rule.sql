-- mart.programme_rule: what this night decided by, part by part, so that a later night can tell what the policy changed.
-- One row: a programme × part of its rule. From changes.rule.
SELECT programme, part, label, rule
FROM changes.rule
