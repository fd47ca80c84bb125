-- Two register rows that are one person: the same valid number, or 曾用身份号码 ties them, and the names agree.
-- One row of: a pair of register rows. From: identity.source_row.
-- A number may have belonged to two (重号), so a number alone never ties two rows. A former number also
-- needs the same birth date or sex-and-name, because clerks copy wrong former numbers as well.
WITH register AS (
    SELECT row_key, id_number18, former_id_number18, name_key, former_name_key, sex, birth_date, household_no
    FROM identity.source_row
    WHERE extract = 'household_register'
),
shared AS (
    SELECT id_number18 FROM register WHERE id_number18 IS NOT NULL GROUP BY id_number18 HAVING count(*) > 1
),
pair AS (
    SELECT a.row_key AS left_key, b.row_key AS right_key, 'same number' AS method
    FROM register a
    JOIN register b ON a.id_number18 = b.id_number18 AND a.row_key < b.row_key
    WHERE a.id_number18 IN (SELECT id_number18 FROM shared)
    UNION
    SELECT least(a.row_key, b.row_key), greatest(a.row_key, b.row_key), 'former number'
    FROM register a
    JOIN register b ON a.former_id_number18 = b.id_number18 AND a.row_key <> b.row_key
    WHERE a.former_id_number18 IS NOT NULL
    UNION
    SELECT a.row_key, b.row_key, 'same former number'
    FROM register a
    JOIN register b ON a.former_id_number18 = b.former_id_number18 AND a.row_key < b.row_key
    WHERE a.former_id_number18 IS NOT NULL
),
compared AS (
    SELECT
        p.left_key,
        p.right_key,
        p.method,
        CASE
            WHEN a.name_key = b.name_key THEN 6
            WHEN a.former_name_key = b.name_key OR b.former_name_key = a.name_key THEN 6
            ELSE name_level(coalesce(a.name_key, ''), coalesce(b.name_key, ''))
        END AS name_level,
        a.birth_date = b.birth_date AS birth_agrees,
        a.sex = b.sex AS sex_agrees,
        a.household_no = b.household_no AS household_agrees
    FROM pair p
    JOIN register a ON p.left_key = a.row_key
    JOIN register b ON p.right_key = b.row_key
)
SELECT
    left_key,
    right_key,
    min(method) AS method,
    max(name_level) AS name_level
FROM compared
WHERE
    (name_level = 6 AND (method <> 'same former number' OR coalesce(birth_agrees, TRUE)))
    OR (name_level >= 3 AND coalesce(birth_agrees, TRUE) AND coalesce(sex_agrees, TRUE))
    OR (
        method = 'former number'
        AND name_level >= 2
        AND birth_agrees
        AND coalesce(sex_agrees, TRUE)
        AND coalesce(household_agrees, FALSE)
    )
GROUP BY left_key, right_key
