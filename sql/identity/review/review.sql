-- The pairs that a clerk should decide, with the comparison by field. `subject` (of two register rows also
-- `other_subject`) is what a clerk's decision names. Left is the row in question, right the register row of the person
-- proposed; or two register rows in doubt.
-- grain: a pair of source records
-- columns: pair_id, left_extract, left_row_number, left_role, subject, other_subject, right_extract, right_row_number,
--   right_role, left_person_id, proposed_person_id, score, comparison
-- from: identity.evidence, identity.link, identity.person, identity.register_doubt, identity.register_profile,
--   identity.residual, identity.weight
WITH open_link AS (
    SELECT row_key, extract, row_number, role, person_key, score
    FROM identity.link
    WHERE grade = 'review'
),
best_register_row AS (
    SELECT person_key, row_key AS register_key
    FROM identity.register_profile
    WHERE leads AND person_key IN (SELECT person_key FROM open_link)
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
        s.comparison
    FROM open_link l
    JOIN best_register_row b ON l.person_key = b.person_key
    JOIN identity.residual u ON l.row_key = u.row_key
    LEFT JOIN identity.evidence s ON l.row_key = s.row_key AND l.person_key = s.person_key
),
register_conflict AS (
    SELECT
        d.right_key AS row_key,
        'household_register' AS left_extract,
        d.right_key % 10000000000 // 10 AS left_row_number,
        '' AS left_role,
        d.left_key AS register_key,
        d.right_person_key AS left_person_key,
        d.left_person_key AS person_key,
        CASE WHEN d.may_be_one THEN $one_person_score ELSE $two_people_score END AS score,
        d.right_subject AS subject,
        d.left_subject AS other_subject,
        d.number_level,
        d.name_level,
        d.birth_level,
        d.sex_level,
        d.phone_level,
        d.address_level
    FROM identity.register_doubt d
    WHERE d.left_key < d.right_key
),
pair AS (
    SELECT
        row_key, left_extract, left_row_number, left_role, register_key, left_person_key, person_key, score, subject,
        other_subject, comparison
    FROM proposed
    UNION ALL
    SELECT
        c.row_key, c.left_extract, c.left_row_number, c.left_role, c.register_key, c.left_person_key, c.person_key,
        c.score, c.subject, c.other_subject,
        [
            {'field': 'number', 'level': c.number_level, 'label': wn.label, 'weight': CAST(NULL AS DOUBLE)},
            {'field': 'name', 'level': c.name_level, 'label': wm.label, 'weight': NULL},
            {'field': 'birth_date', 'level': c.birth_level, 'label': wb.label, 'weight': NULL},
            {'field': 'sex', 'level': c.sex_level, 'label': ws.label, 'weight': NULL},
            {'field': 'phone', 'level': c.phone_level, 'label': wp.label, 'weight': NULL},
            {'field': 'address', 'level': c.address_level, 'label': wa.label, 'weight': NULL}
        ] AS comparison
    FROM register_conflict c
    JOIN identity.weight wn ON wn.field = 'number' AND wn.level = c.number_level
    JOIN identity.weight wm ON wm.field = 'name' AND wm.level = c.name_level
    JOIN identity.weight wb ON wb.field = 'birth_date' AND wb.level = c.birth_level
    JOIN identity.weight ws ON ws.field = 'sex' AND ws.level = c.sex_level
    JOIN identity.weight wp ON wp.field = 'phone' AND wp.level = c.phone_level
    JOIN identity.weight wa ON wa.field = 'address' AND wa.level = c.address_level
)
SELECT
    p.left_extract || '/' || CAST(p.left_row_number AS VARCHAR) || '/' || p.left_role
    || ':' || CAST(p.register_key % 10000000000 // 10 AS VARCHAR) AS pair_id,
    p.left_extract,
    p.left_row_number,
    p.left_role,
    p.subject,
    p.other_subject,
    'household_register' AS right_extract,
    p.register_key % 10000000000 // 10 AS right_row_number,
    '' AS right_role,
    own.person_id AS left_person_id,
    q.person_id AS proposed_person_id,
    p.score,
    p.comparison
FROM pair p
JOIN identity.person q ON p.person_key = q.person_key
LEFT JOIN identity.person own ON p.left_person_key = own.person_key
