-- Rows that are not (clearly) linked to a person but could be hers: they guard against a stop whose only cause
-- is a link not found. One row of: person × source row. From: identity.link, score, number_match, residual.
-- Listed generously: every candidate whose name may be hers and whom nothing contradicts, every holder of the row's
-- number, everyone with a near-miss number. A row surely somebody else's is not listed.
WITH open_row AS (
    SELECT row_key, extract, row_number, role, person_key
    FROM identity.link
    WHERE grade IN ('new', 'review')
),
plausible AS (
    SELECT
        s.row_key,
        s.person_key,
        CASE
            WHEN s.number_level IN ('one slip', 'two slips', 'first 15', 'near, both valid', 'some slips')
                THEN 'near-miss number'
            WHEN s.number_level IN ('equal', 'former') THEN 'number of another name'
            WHEN s.phone_level = 'equal' THEN 'same phone'
            WHEN s.address_level = 'equal' THEN 'same address'
            ELSE 'name'
        END AS reason
    FROM identity.score s
    WHERE
        s.number_level IN ('equal', 'former')
        OR (s.number_level IN ('one slip', 'two slips', 'first 15') AND s.name_level <> 'different')
        OR (
            s.name_level IN ('equal', 'former', 'reading', 'look-alike', 'gap')
            AND (s.birth_level <> 'differs' OR s.number_level IN ('near, both valid', 'some slips'))
            AND s.number_level <> 'other, both valid'
        )
        OR (
            s.name_level IN ('equal', 'former', 'reading')
            AND (s.phone_level = 'equal' OR s.address_level = 'equal' OR s.birth_level = 'equal')
        )
        OR (
            s.name_level IN ('one differs', 'missing')
            AND s.birth_level IN ('equal', 'missing')
            AND (s.phone_level = 'equal' OR s.address_level = 'equal')
        )
    UNION
    SELECT o.row_key, o.person_key, 'under review'
    FROM open_row o
    JOIN identity.register_profile r ON o.person_key = r.person_key
)
SELECT p.person_key, o.extract, o.row_number, o.role, min(p.reason) AS reason
FROM plausible p
JOIN open_row o ON p.row_key = o.row_key
GROUP BY p.person_key, o.extract, o.row_number, o.role
