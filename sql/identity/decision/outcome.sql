-- What becomes of each residual row: a clear link, a pair for a clerk, or nobody in the register. A clear link needs a
-- name that may be hers and a number that is not another's: no second valid number (but for digits swapped ten places
-- apart), none that damage cannot turn into hers. Nor may a register row in quarantine be as near. Nor may somebody
-- else whose name fits as well have a number that is nearer: a twin. A number held by a housemate does not make a
-- damaged name clear: birth date, phone or address have to. Nor is one clear to a person of two birth dates, unless the
-- number says so; nor one of whose name only the surname is told, unless number or birth date say so: whoever lives
-- with her, or pays her phone, is mostly called the same. An equal number is no clear link against the birth date or
-- the sex: it may be a guardian's, and the name like. Nor does a number with its name make clear whose a row is that
-- has a namesake's phone or address, and none of hers: the number may have been looked up in a list; nor where a
-- marriage was registered when she was a child. Nor is a row whose name and number were in each other's cells: a clerk
-- has to see it. A row that bears another's number goes to a clerk with the likeliest person, unless all evidence is
-- against everybody.
-- grain: residual row
-- columns: row_key, person_key, grade, probability, method, number_level, name_level, birth_level
-- from: identity.quarantined_competitor, identity.register_profile, identity.residual, identity.score, identity.verdict
WITH rivalled AS (
    SELECT DISTINCT v.row_key
    FROM identity.verdict v
    JOIN identity.register_profile r ON v.register_key = r.row_key
    JOIN identity.quarantined_competitor k ON v.row_key = k.row_key AND (r.number_no IS NULL OR k.number_no <> r.number_no)
    WHERE
        v.number_level <> 'letters for digits'
        AND CASE
            WHEN k.slips <= 1 THEN TRUE
            WHEN k.slips = 2 THEN v.number_level <> 'one slip'
            ELSE v.number_level NOT IN ('one slip', 'first 15', 'two slips', 'near, both valid')
        END
),
-- somebody of the holder's household may bear the row's name: it may be her row with a relative's number
namesake AS (
    SELECT DISTINCT row_key
    FROM identity.score
    WHERE
        name_level IN ('equal', 'former', 'of another row', 'reading', 'look-alike', 'gap', 'surname shown')
        AND relation_level = 'holder of the number'
),
-- somebody else beside the likeliest: her name fits as well, and fewer slips make her number the row's
nearer AS (
    SELECT DISTINCT v.row_key
    FROM identity.verdict v
    JOIN identity.score o ON v.row_key = o.row_key AND v.person_key <> o.person_key
    WHERE
        v.number_level IN ('first 15', 'two slips', 'near, both valid', 'some slips')
        AND o.number_level IN ('letters for digits', 'one slip')
        AND o.name_level IN ('equal', 'former', 'of another row', 'reading', 'look-alike', 'gap', 'surname shown')
        AND (v.name_level NOT IN ('equal', 'former') OR o.name_level IN ('equal', 'former'))
),
-- a namesake of the likeliest has the row's phone or address, who herself has neither, nor the row's birth date
namesakes_contact AS (
    SELECT DISTINCT v.row_key
    FROM identity.verdict v
    JOIN identity.score o ON v.row_key = o.row_key AND v.person_key <> o.person_key
    WHERE
        v.number_level IN ('equal', 'former', 'letters for digits')
        AND v.birth_level <> 'in the number'
        AND v.phone_level IN ('missing', 'differs')
        AND v.address_level IN ('missing', 'differs')
        AND o.name_level IN ('equal', 'former')
        AND (o.phone_level = 'equal' OR o.address_level = 'equal')
),
-- register rows of one number and name may still be two people, where their birth dates differ
two_dates AS (
    SELECT person_key
    FROM identity.register_profile
    WHERE NOT alone
    GROUP BY person_key
    HAVING count(DISTINCT birth_date) > 1
),
judged AS (
    SELECT
        s.row_key,
        s.taken,
        v.person_key,
        v.probability,
        v.number_level,
        v.name_level,
        v.birth_level,
        coalesce(
            v.probability >= $strong_probability
            AND v.margin >= $strong_margin
            AND (
                v.name_level IN ('equal', 'former', 'of another row', 'reading', 'look-alike', 'gap')
                OR (v.name_level = 'one differs' AND v.number_level IN ('letters for digits', 'one slip'))
                OR (
                    v.name_level = 'surname shown'
                    AND (
                        v.birth_level IN ('equal', 'in the number')
                        OR v.number_level IN ('letters for digits', 'one slip', 'first 15', 'two slips', 'masked')
                    )
                )
            )
            AND v.number_level NOT IN ('other, both valid', 'other, damaged')
            AND k.row_key IS NULL
            AND n.row_key IS NULL
            AND c.row_key IS NULL
            AND (
                w.person_key IS NULL
                OR v.number_level IN ('equal', 'former', 'letters for digits', 'one slip', 'first 15', 'two slips')
            )
            AND (
                v.number_level <> 'held by another'
                OR v.name_level IN ('equal', 'former')
                OR v.birth_level IN ('equal', 'swapped')
                OR v.phone_level = 'equal'
                OR v.address_level = 'equal'
            )
            AND (
                v.number_level NOT IN ('equal', 'former')
                OR (
                    v.birth_level NOT IN ('differs', 'too young')
                    AND v.sex_level <> 'differs'
                    AND (m.row_key IS NULL OR v.name_level IN ('equal', 'former'))
                )
            ),
            FALSE
        )
        AND s.id_number_state <> 'swapped' AS is_strong,
        coalesce(v.probability >= CASE WHEN s.taken THEN $other_number_review_probability ELSE $review_probability END, FALSE) AS is_likely
    FROM identity.residual s
    LEFT JOIN identity.verdict v ON s.row_key = v.row_key
    LEFT JOIN rivalled k ON s.row_key = k.row_key
    LEFT JOIN nearer n ON s.row_key = n.row_key
    LEFT JOIN namesakes_contact c ON s.row_key = c.row_key
    LEFT JOIN namesake m ON s.row_key = m.row_key
    LEFT JOIN two_dates w ON v.person_key = w.person_key
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
