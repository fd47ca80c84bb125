-- What becomes of each residual row: a clear link, a pair for a clerk, or nobody in the register.
-- One row of: residual row. From: identity.residual, verdict, number_match, threshold.
-- A clear link needs a name that may be hers and no second valid number; a number whose holder has another
-- name goes to a clerk, with the likelier of the holder and the best other candidate.
WITH holder AS (
    SELECT
        row_key,
        person_key,
        row_number() OVER (PARTITION BY row_key ORDER BY name_level DESC, is_current DESC, person_key) AS place
    FROM identity.number_match
),
judged AS (
    SELECT
        s.row_key,
        s.taken,
        h.person_key AS holder_key,
        v.register_key,
        v.person_key,
        v.probability,
        v.number_level,
        v.name_level,
        v.birth_level,
        v.probability >= t.strong
        AND v.margin >= t.margin
        AND (
            v.name_level IN ('equal', 'former', 'reading', 'look-alike', 'gap')
            OR (v.name_level = 'one differs' AND v.number_level = 'one slip')
        )
        AND (v.number_level <> 'near, both valid' OR v.name_level IN ('equal', 'former'))
        AND v.number_level <> 'other, both valid' AS is_strong,
        v.probability >= t.review AS is_likely
    FROM identity.residual s
    CROSS JOIN identity.threshold t
    LEFT JOIN identity.verdict v ON s.row_key = v.row_key
    LEFT JOIN holder h ON s.row_key = h.row_key AND h.place = 1
)
SELECT
    row_key,
    CASE
        WHEN is_strong THEN person_key
        WHEN holder_key IS NOT NULL AND NOT coalesce(is_likely, FALSE) THEN holder_key
        WHEN is_likely THEN person_key
    END AS person_key,
    CASE
        WHEN is_strong THEN 'strong'
        WHEN holder_key IS NOT NULL OR is_likely THEN 'review'
        ELSE 'new'
    END AS grade,
    coalesce(probability, 0.0) AS probability,
    CASE
        WHEN is_strong THEN 'evidence'
        WHEN holder_key IS NOT NULL THEN 'number of another name'
        WHEN is_likely THEN 'evidence'
        ELSE 'nobody'
    END AS method,
    number_level,
    name_level,
    birth_level
FROM judged
