-- By what a person is recognised from night to night: hashed keys, the strongest kind first.
-- One row of: person × kind × key. From: identity.link, source_row, register_profile.
-- A key that two persons of tonight share recognises neither and is left out.
WITH row_of_person AS (
    SELECT
        l.person_key,
        l.grade,
        r.row_key IS NOT NULL AS in_register,
        s.extract,
        s.role,
        s.row_number,
        s.id_number18,
        s.id_number,
        s.name_key,
        coalesce(s.birth_date, r.birth_date) AS birth_date,
        coalesce(s.sex, r.sex) AS sex,
        s.household_no,
        s.area_code,
        s.phone,
        s.address
    FROM identity.link l
    JOIN identity.source_row s ON l.row_key = s.row_key
    LEFT JOIN identity.register_profile r ON l.row_key = r.row_key
    WHERE l.grade = 'new' OR r.row_key IS NOT NULL
),
keyed AS (
    SELECT person_key, in_register, 1 AS kind, id_number18 || '|' || name_key AS key FROM row_of_person
    UNION ALL
    SELECT person_key, in_register, 2, name_key || '|' || CAST(birth_date AS VARCHAR) || '|' || household_no
    FROM row_of_person
    UNION ALL
    SELECT person_key, in_register, 3, id_number18 || '|' || CAST(birth_date AS VARCHAR) || '|' || sex
    FROM row_of_person
    UNION ALL
    SELECT person_key, in_register, 4, name_key || '|' || CAST(birth_date AS VARCHAR) || '|' || sex || '|' || area_code
    FROM row_of_person
    UNION ALL
    SELECT
        person_key,
        in_register,
        5,
        concat_ws(
            '|', extract, role, coalesce(id_number, ''), coalesce(name_key, ''), coalesce(CAST(birth_date AS VARCHAR), ''),
            coalesce(phone, ''), coalesce(address, ''), coalesce(household_no, ''),
            row_number() OVER (
                PARTITION BY
                    extract, role, id_number, name_key, birth_date, phone, address, household_no
                ORDER BY row_number
            )
        )
    FROM row_of_person
    WHERE id_number18 IS NULL
),
hashed AS (
    SELECT DISTINCT person_key, in_register, kind, md5(CAST(kind AS VARCHAR) || '|' || key) AS key
    FROM keyed
    WHERE key IS NOT NULL
),
shared AS (
    SELECT key FROM hashed GROUP BY key HAVING count(DISTINCT person_key) > 1
)
SELECT person_key, in_register, kind, key
FROM hashed
WHERE key NOT IN (SELECT key FROM shared)
