-- By what a registered person is recognised on another night: what the person's register rows say now and, by 曾用名 and
-- 曾用身份号码, said before. Most people have one row without a former name or number: one record, which needs no comparison
-- with others.
-- grain: a person × distinct record
-- columns: person_key, in_register, number_no, name_key, birth_date, sex, household_no, area_code, content
-- from: identity.register_profile
-- materialized: view
WITH several AS (
    SELECT person_key, number_no, former_number_no, name_key, former_name_key, birth_date, sex, household_no, area_code
    FROM identity.register_profile
    WHERE NOT alone OR former_number_no IS NOT NULL OR former_name_key IS NOT NULL
),
recorded AS (
    SELECT person_key, number_no, name_key, birth_date, sex, household_no, area_code
    FROM identity.register_profile
    WHERE alone AND former_number_no IS NULL AND former_name_key IS NULL
    UNION ALL
    (
        SELECT person_key, number_no, name_key, birth_date, sex, household_no, area_code
        FROM several
        UNION
        SELECT
            person_key,
            coalesce(former_number_no, number_no),
            coalesce(former_name_key, name_key),
            birth_date,
            sex,
            household_no,
            area_code
        FROM several
        WHERE former_number_no IS NOT NULL OR former_name_key IS NOT NULL
    )
)
SELECT
    person_key,
    TRUE AS in_register,
    number_no,
    name_key,
    birth_date,
    sex,
    household_no,
    area_code,
    CAST(NULL AS VARCHAR) AS content
FROM recorded
