-- mart.identity_weight: the match weights in force tonight, beside the shipped ones, and how often each level was seen.
-- One row: a level of a compared field. From identity.weight.
SELECT
    field,
    level,
    label,
    weight,
    shipped_weight,
    seen
FROM identity.weight
