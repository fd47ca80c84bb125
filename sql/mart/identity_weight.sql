-- mart.identity_weight: the match weights in force tonight, with the shipped ones, and how often each level was seen.
-- grain: a level of a compared field
-- columns: field, level, label, weight, shipped_weight, seen
-- from: identity.weight
SELECT
    field,
    level,
    label,
    weight,
    shipped_weight,
    seen
FROM identity.weight
