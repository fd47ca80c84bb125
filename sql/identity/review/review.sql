-- The pairs that a clerk should decide, with the comparison by field. `subject` (of two register rows also
-- `other_subject`) is what a clerk's decision names. Left is the row in question, right the register row of the person
-- proposed; or two register rows in doubt. pair_id lasts while both sides read as they do: it is made of what a
-- decision names; of rows that read alike the second has -2 behind it.
-- grain: a pair of source records
-- columns: pair_id, left_extract, left_row_number, left_role, subject, other_subject, right_extract, right_row_number,
--   right_role, left_person_id, proposed_person_id, score, comparison
-- from: identity.evidence, identity.level_pattern, identity.link, identity.person, identity.register_doubt,
--   identity.register_profile, identity.unlinked_record
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
        open_link.row_key,
        open_link.extract AS left_extract,
        open_link.row_number AS left_row_number,
        open_link.role AS left_role,
        coalesce(evidence.register_key, best_register_row.register_key) AS register_key,
        CAST(NULL AS BIGINT) AS left_person_key,
        open_link.person_key,
        open_link.score,
        record.subject,
        CAST(NULL AS VARCHAR) AS other_subject,
        evidence.comparison
    FROM open_link
    JOIN best_register_row ON open_link.person_key = best_register_row.person_key
    JOIN identity.unlinked_record AS record ON open_link.row_key = record.row_key
    LEFT JOIN identity.evidence ON open_link.row_key = evidence.row_key AND open_link.person_key = evidence.person_key
),
register_conflict AS (
    SELECT
        doubt.right_key AS row_key,
        'household_register' AS left_extract,
        doubt.right_key % 10000000000 // 10 AS left_row_number,
        '' AS left_role,
        doubt.left_key AS register_key,
        doubt.right_person_key AS left_person_key,
        doubt.left_person_key AS person_key,
        CASE WHEN doubt.may_be_one THEN $one_person_score ELSE $two_people_score END AS score,
        doubt.right_subject AS subject,
        doubt.left_subject AS other_subject,
        doubt.number_level,
        doubt.name_level,
        doubt.birth_level,
        doubt.sex_level,
        doubt.phone_level,
        doubt.address_level
    FROM identity.register_doubt AS doubt
    WHERE doubt.left_key < doubt.right_key
),
pair AS (
    SELECT
        row_key, left_extract, left_row_number, left_role, register_key, left_person_key, person_key, score, subject,
        other_subject, comparison
    FROM proposed
    UNION ALL
    SELECT
        register_conflict.row_key, register_conflict.left_extract, register_conflict.left_row_number,
        register_conflict.left_role, register_conflict.register_key, register_conflict.left_person_key,
        register_conflict.person_key,
        register_conflict.score, register_conflict.subject, register_conflict.other_subject,
        [
            {
                'field': 'number',
                'level': register_conflict.number_level,
                'label': pattern.number_label,
                'weight': CAST(NULL AS DOUBLE)
            },
            {'field': 'name', 'level': register_conflict.name_level, 'label': pattern.name_label, 'weight': NULL},
            {
                'field': 'birth_date',
                'level': register_conflict.birth_level,
                'label': pattern.birth_label,
                'weight': NULL
            },
            {'field': 'sex', 'level': register_conflict.sex_level, 'label': pattern.sex_label, 'weight': NULL},
            {'field': 'phone', 'level': register_conflict.phone_level, 'label': pattern.phone_label, 'weight': NULL},
            {
                'field': 'address',
                'level': register_conflict.address_level,
                'label': pattern.address_label,
                'weight': NULL
            }
        ] AS comparison
    FROM register_conflict
    JOIN identity.level_pattern AS pattern
        ON register_conflict.number_level = pattern.number_level
        AND register_conflict.name_level = pattern.name_level
        AND register_conflict.birth_level = pattern.birth_level
        AND register_conflict.sex_level = pattern.sex_level
        AND register_conflict.phone_level = pattern.phone_level
        AND register_conflict.address_level = pattern.address_level
        AND pattern.relation_level = 'none'
),
named AS (
    SELECT
        pair.left_extract,
        pair.left_row_number,
        pair.left_role,
        pair.subject,
        pair.other_subject,
        pair.register_key % 10000000000 // 10 AS right_row_number,
        own.person_id AS left_person_id,
        proposed_person.person_id AS proposed_person_id,
        pair.score,
        pair.comparison,
        substr(md5(pair.subject || '/' || coalesce(pair.other_subject, proposed_person.person_id)), 1, 16) AS digest
    FROM pair
    JOIN identity.person AS proposed_person ON pair.person_key = proposed_person.person_key
    LEFT JOIN identity.person AS own ON pair.left_person_key = own.person_key
)
SELECT
    digest || CASE copy WHEN 1 THEN '' ELSE '-' || CAST(copy AS VARCHAR) END AS pair_id,
    left_extract,
    left_row_number,
    left_role,
    subject,
    other_subject,
    'household_register' AS right_extract,
    right_row_number,
    '' AS right_role,
    left_person_id,
    proposed_person_id,
    score,
    comparison
FROM (
    SELECT
        named.*,
        row_number() OVER (
            PARTITION BY digest ORDER BY left_extract, left_row_number, left_role, right_row_number
        ) AS copy
    FROM named
) AS numbered
