-- The pairs that a clerk should decide, with the comparison by field.
-- One row of: a pair of source records. From: identity.link, score, register_pair, register_profile, source_row, person.
-- `subject` (of two register rows also `other_subject`) is what a clerk's decision names.
-- Left is the row in question, right the register row of the person proposed; or two register rows with one number.
WITH open_link AS (
    SELECT row_key, extract, row_number, role, person_key, score
    FROM identity.link
    WHERE grade = 'review'
),
best_register_row AS (
    SELECT person_key, min(row_key) AS register_key FROM identity.register_profile GROUP BY person_key
),
proposed AS (
    SELECT
        l.row_key,
        l.extract AS left_extract,
        l.row_number AS left_row_number,
        l.role AS left_role,
        coalesce(s.register_key, b.register_key) AS register_key,
        CAST(NULL AS BIGINT) AS left_person_key,
        l.person_key,
        l.score,
        u.subject,
        CAST(NULL AS VARCHAR) AS other_subject,
        s.number_level, s.name_level, s.birth_level, s.sex_level, s.phone_level, s.address_level,
        s.number_weight, s.name_weight, s.birth_weight, s.sex_weight, s.phone_weight, s.address_weight
    FROM open_link l
    JOIN best_register_row b ON l.person_key = b.person_key
    JOIN identity.residual u ON l.row_key = u.row_key
    LEFT JOIN identity.score s ON l.row_key = s.row_key AND l.person_key = s.person_key
),
register_conflict AS (
    SELECT
        b.row_key,
        'household_register' AS left_extract,
        sb.row_number AS left_row_number,
        '' AS left_role,
        a.row_key AS register_key,
        b.person_key AS left_person_key,
        a.person_key,
        0.05 AS score,
        p.right_subject AS subject,
        p.left_subject AS other_subject,
        'equal' AS number_level, 'different' AS name_level,
        CASE WHEN a.birth_date = b.birth_date THEN 'equal' WHEN a.birth_date <> b.birth_date THEN 'differs' ELSE 'missing' END
            AS birth_level,
        CASE WHEN a.sex = b.sex THEN 'equal' WHEN a.sex <> b.sex THEN 'differs' ELSE 'missing' END AS sex_level,
        CASE WHEN a.phone = b.phone THEN 'equal' WHEN a.phone <> b.phone THEN 'differs' ELSE 'missing' END AS phone_level,
        CASE WHEN a.address = b.address THEN 'equal' WHEN a.address <> b.address THEN 'differs' ELSE 'missing' END
            AS address_level,
        CAST(NULL AS DOUBLE) AS number_weight, CAST(NULL AS DOUBLE) AS name_weight, CAST(NULL AS DOUBLE) AS birth_weight,
        CAST(NULL AS DOUBLE) AS sex_weight, CAST(NULL AS DOUBLE) AS phone_weight, CAST(NULL AS DOUBLE) AS address_weight
    FROM identity.register_pair p
    JOIN identity.register_profile a ON p.left_key = a.row_key
    JOIN identity.register_profile b ON p.right_key = b.row_key
    JOIN identity.source_row sb ON b.row_key = sb.row_key
    LEFT JOIN identity.clerical c
        ON (p.left_subject = c.subject AND p.right_subject = c.other_subject)
        OR (p.right_subject = c.subject AND p.left_subject = c.other_subject)
    WHERE p.method = 'same number' AND a.person_key <> b.person_key AND c.subject IS NULL
),
pair AS (
    SELECT * FROM proposed
    UNION ALL
    SELECT * FROM register_conflict
)
SELECT
    p.left_extract || '/' || CAST(p.left_row_number AS VARCHAR) || '/' || p.left_role
    || ':' || CAST(r.row_number AS VARCHAR) AS pair_id,
    p.left_extract,
    p.left_row_number,
    p.left_role,
    p.subject,
    p.other_subject,
    r.extract AS right_extract,
    r.row_number AS right_row_number,
    r.role AS right_role,
    own.person_id AS left_person_id,
    q.person_id AS proposed_person_id,
    p.score,
    [
        {'field': 'number', 'level': coalesce(p.number_level, 'missing'), 'weight': p.number_weight},
        {'field': 'name', 'level': coalesce(p.name_level, 'missing'), 'weight': p.name_weight},
        {'field': 'birth_date', 'level': coalesce(p.birth_level, 'missing'), 'weight': p.birth_weight},
        {'field': 'sex', 'level': coalesce(p.sex_level, 'missing'), 'weight': p.sex_weight},
        {'field': 'phone', 'level': coalesce(p.phone_level, 'missing'), 'weight': p.phone_weight},
        {'field': 'address', 'level': coalesce(p.address_level, 'missing'), 'weight': p.address_weight}
    ] AS comparison
FROM pair p
JOIN identity.source_row r ON p.register_key = r.row_key
JOIN identity.person q ON p.person_key = q.person_key
LEFT JOIN identity.person own ON p.left_person_key = own.person_key
