-- Rows that are not (clearly) linked to a person but could be hers: they guard against a stop whose only cause
-- is a link not found. One row of: person × source row. From: identity.link, score, number_match, residual.
-- A row with nothing but a name, or a name with a gap, could be any bearer's; one whose name nobody bears could be
-- anybody's whose name is as long and differs in one character, the surname the same (names of more than 300 bearers apart:
-- a finer key, phone or address or household, has to point at one of them).
-- A damaged name beside a valid number that nobody bears could be a bearer's whom the register knows without number.
-- Listed generously: every candidate whose name may be hers and whom nothing contradicts, every holder of the row's
-- number, everyone with a near-miss number. A row surely somebody else's, or denied by a clerk, is not listed.
WITH open_row AS (
    SELECT row_key, extract, row_number, role, person_key, grade
    FROM identity.link
    WHERE grade IN ('new', 'review')
),
bearer AS (
    SELECT name_key, count(*) AS holders
    FROM identity.register_profile
    GROUP BY name_key
),
vague AS (
    SELECT r.row_key, r.name_key, r.sex, r.number_no IS NOT NULL AND NOT r.taken AS has_number
    FROM identity.residual r
    JOIN open_row o ON r.row_key = o.row_key
    LEFT JOIN bearer b ON r.name_key = b.name_key
    WHERE
        r.birth_date IS NULL
        AND r.name_key IS NOT NULL
        AND (r.birth IS NULL OR r.taken OR (r.number_no IS NOT NULL AND b.name_key IS NULL))
),
damaged_name AS (
    SELECT DISTINCT v.name_key
    FROM vague v
    LEFT JOIN bearer b ON v.name_key = b.name_key
    WHERE b.name_key IS NULL
),
like_pair AS (
    SELECT DISTINCT v.name_key, b.name_key AS bearer_name, b.holders
    FROM vague v
    JOIN bearer b ON left(v.name_key, 1) = left(b.name_key, 1) AND right(v.name_key, 1) = right(b.name_key, 1)
    WHERE length(v.name_key) = 2 AND length(b.name_key) = 3
    UNION
    SELECT d.name_key, b.name_key AS bearer_name, b.holders
    FROM damaged_name d
    JOIN bearer b ON left(d.name_key, 1) = left(b.name_key, 1) AND right(d.name_key, 1) = right(b.name_key, 1)
    UNION
    SELECT d.name_key, b.name_key, b.holders
    FROM damaged_name d
    JOIN bearer b ON left(d.name_key, 2) = left(b.name_key, 2)
    UNION
    SELECT d.name_key, b.name_key, b.holders
    FROM damaged_name d
    JOIN bearer b ON right(d.name_key, 2) = right(b.name_key, 2)
    UNION
    SELECT d.name_key, b.name_key, b.holders
    FROM damaged_name d
    JOIN bearer b ON left(d.name_key, 1) = left(b.name_key, 1) AND length(b.name_key) = 2
    WHERE length(d.name_key) = 2 OR substr(d.name_key, 2, 1) BETWEEN 'A' AND 'Z'
),
measured AS (
    SELECT name_key, bearer_name, holders, name_level(name_key, bearer_name) AS level
    FROM like_pair
),
like_name AS (
    SELECT name_key, bearer_name, sum(holders) OVER (PARTITION BY name_key, level >= 3) AS holders
    FROM measured
    WHERE
        level >= 3
        OR (level = 2 AND left(name_key, 1) = left(bearer_name, 1))
        OR (level = 1 AND length(name_key) = 2 AND length(bearer_name) = 2)
),
fitting AS (
    SELECT v.row_key, v.sex, v.has_number, b.name_key
    FROM vague v
    JOIN bearer b ON v.name_key = b.name_key
    WHERE b.holders <= 300
    UNION ALL
    SELECT v.row_key, v.sex, v.has_number, l.bearer_name
    FROM like_name l
    JOIN vague v ON l.name_key = v.name_key
    WHERE l.holders <= 300
),
name_alone AS (
    SELECT f.row_key, r.person_key
    FROM fitting f
    JOIN identity.register_profile r ON f.name_key = r.name_key
    WHERE coalesce(f.sex = r.sex, TRUE) AND (NOT f.has_number OR r.number_no IS NULL)
),
plausible AS (
    SELECT
        s.row_key,
        s.person_key,
        CASE
            WHEN s.number_level IN ('letters for digits', 'one slip', 'two slips', 'first 15', 'near, both valid', 'some slips')
                THEN 'near-miss number'
            WHEN s.number_level IN ('equal', 'former') THEN 'number of another name'
            WHEN s.phone_level = 'equal' THEN 'same phone'
            WHEN s.address_level = 'equal' THEN 'same address'
            ELSE 'name'
        END AS reason
    FROM identity.score s
    WHERE
        s.number_level IN ('equal', 'former')
        OR (s.number_level IN ('letters for digits', 'one slip', 'two slips', 'first 15') AND s.name_level <> 'different')
        OR (
            s.name_level IN ('equal', 'former', 'reading', 'look-alike', 'gap')
            AND (s.birth_level <> 'differs' OR s.number_level IN ('near, both valid', 'some slips'))
            AND s.number_level <> 'other, both valid'
        )
        OR (
            s.name_level IN ('equal', 'former', 'reading')
            AND (s.phone_level = 'equal' OR s.address_level = 'equal' OR s.birth_level IN ('equal', 'in the number'))
        )
        OR (
            s.name_level IN ('one differs', 'missing')
            AND s.birth_level IN ('equal', 'in the number', 'missing')
            AND (s.phone_level = 'equal' OR s.address_level = 'equal')
        )
    UNION ALL
    SELECT row_key, person_key, 'under review'
    FROM open_row
    WHERE grade = 'review'
    UNION ALL
    SELECT row_key, person_key, 'name alone'
    FROM name_alone
)
SELECT p.person_key, o.extract, o.row_number, o.role, min(p.reason) AS reason
FROM plausible p
JOIN open_row o ON p.row_key = o.row_key
ANTI JOIN identity.ruled d ON p.row_key = d.row_key AND p.person_key = d.person_key AND NOT d.same
GROUP BY p.person_key, o.extract, o.row_number, o.role
UNION ALL
SELECT person_key, extract, row_number, '' AS role, reason
FROM identity.kept_out
