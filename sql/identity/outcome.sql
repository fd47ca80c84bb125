-- What becomes of each residual row: a clear link, a pair for a clerk, or nobody in the register.
-- One row of: residual row. From: identity.residual, verdict, threshold.
-- A clear link needs a name that may be hers and no second valid number (but for digits swapped ten places apart).
-- An equal number is no clear link against the birth date or the sex: it may be a guardian's, and the name like.
-- A row that bears another's number goes to a clerk with the likeliest person, unless all evidence is against everybody.
WITH judged AS (
    SELECT
        s.row_key,
        s.taken,
        v.person_key,
        v.probability,
        v.number_level,
        v.name_level,
        v.birth_level,
        coalesce(
            v.probability >= t.strong
            AND v.margin >= t.margin
            AND (
                v.name_level IN ('equal', 'former', 'reading', 'look-alike', 'gap')
                OR (v.name_level = 'one differs' AND v.number_level IN ('letters for digits', 'one slip'))
            )
            AND v.number_level <> 'other, both valid'
            AND (
                v.number_level NOT IN ('equal', 'former')
                OR (v.birth_level <> 'differs' AND v.sex_level <> 'differs')
            ),
            FALSE
        ) AS is_strong,
        coalesce(v.probability >= CASE WHEN s.taken THEN t.taken_review ELSE t.review END, FALSE) AS is_likely
    FROM identity.residual s
    CROSS JOIN identity.threshold t
    LEFT JOIN identity.verdict v ON s.row_key = v.row_key
)
SELECT
    row_key,
    CASE WHEN is_strong OR is_likely THEN person_key END AS person_key,
    CASE
        WHEN is_strong THEN 'strong'
        WHEN is_likely THEN 'review'
        ELSE 'new'
    END AS grade,
    coalesce(probability, 0.0) AS probability,
    CASE
        WHEN is_strong THEN 'evidence'
        WHEN taken THEN 'number of another name'
        WHEN is_likely THEN 'evidence'
        ELSE 'nobody'
    END AS method,
    number_level,
    name_level,
    birth_level
FROM judged
