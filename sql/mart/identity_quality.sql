-- mart.identity_quality: how well the night's rows are linked, without knowing the truth.
-- grain: measure × extract × grade (empty: of all)
-- columns: measure, extract, grade, value
-- from: identity.quality
SELECT
    measure,
    coalesce(extract, '') AS extract,
    coalesce(grade, '') AS grade,
    value
FROM identity.quality
WHERE value IS NOT NULL
