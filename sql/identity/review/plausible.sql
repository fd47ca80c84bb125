-- Candidates of rows in no clear link who may be the row's person, and why: listed generously. Every candidate whose
-- name may be hers and whom nothing contradicts, every holder of the row's number, everyone with a near-miss number, or
-- the same beginning of one and the birth date beside a name with one slip; another name beside a near-miss number only
-- with her phone or address, or where letters for digits are all that is amiss in the number. A name with one slip and
-- a birth date that nearly agrees may be hers where phone or address lead to her house; with nothing but the surname
-- right, where the phone is her own.
-- grain: residual row × person
-- columns: row_key, person_key, reason
-- from: identity.outcome, identity.score
SELECT
    s.row_key,
    s.person_key,
    CASE
        WHEN
            s.number_level IN (
                'letters for digits', 'one slip', 'two slips', 'first 15', 'near, both valid', 'masked', 'some slips'
            )
            THEN 'near-miss number'
        WHEN s.number_level IN ('equal', 'former') THEN 'number of another name'
        WHEN s.phone_level = 'equal' THEN 'same phone'
        WHEN s.address_level = 'equal' THEN 'same address'
        ELSE 'name'
    END AS reason
FROM identity.score s
JOIN identity.outcome o ON s.row_key = o.row_key AND o.grade <> 'strong'
WHERE
    s.number_level IN ('equal', 'former')
    OR (
        s.number_level IN ('letters for digits', 'one slip', 'two slips', 'first 15', 'masked')
        AND (
            s.name_level <> 'different'
            OR s.number_level = 'letters for digits'
            OR s.phone_level = 'equal'
            OR s.address_level = 'equal'
        )
    )
    OR (
        s.name_level IN ('equal', 'former', 'of another row', 'reading', 'look-alike', 'gap', 'surname shown')
        AND (s.birth_level <> 'differs' OR s.number_level IN ('near, both valid', 'masked', 'some slips'))
        AND s.number_level <> 'other, both valid'
    )
    OR (
        s.number_level = 'scientific'
        AND s.name_level = 'one differs'
        AND s.birth_level IN ('equal', 'in the number')
    )
    OR (
        s.name_level IN ('equal', 'former', 'of another row', 'reading')
        AND (
            s.phone_level IN ('equal', 'of the household')
            OR s.address_level IN ('equal', 'of the household', 'in part')
            OR s.birth_level IN ('equal', 'in the number')
        )
    )
    OR (
        s.name_level IN ('one differs', 'surname', 'missing')
        AND s.birth_level IN ('equal', 'in the number', 'missing')
        AND (s.phone_level = 'equal' OR s.address_level = 'equal')
    )
    OR (
        s.name_level = 'one differs'
        AND s.birth_level NOT IN ('differs', 'missing')
        AND (s.phone_level IN ('equal', 'of the household') OR s.address_level IN ('equal', 'of the household', 'in part'))
    )
    OR (s.name_level = 'surname' AND s.birth_level = 'one part differs' AND s.phone_level = 'equal')
