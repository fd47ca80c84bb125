-- mart.identity_pattern: what number and name (a published id, a clerk) prove of the links that rest on them alone.
-- grain: a pattern of mart.identity_link
-- columns: pattern, label, prior_weight, weight, comparison
-- from: identity.pattern
SELECT
    pattern,
    label,
    prior_weight,
    weight,
    comparison
FROM identity.pattern
