-- By what a person is recognised from night to night: what her own rows say of her.
-- One row of: person × distinct record. From: identity.register_profile, residual, link.
-- A row without a valid number, of nobody in the register, is recognised by its own content (`content`).
WITH newcomer AS (
    SELECT
        r.person_key,
        s.*,
        row_number() OVER (
            PARTITION BY s.extract, s.id_number, s.name_key, s.birth_date, s.sex, s.phone, s.address, s.family_no
            ORDER BY s.row_key
        ) AS nth
    FROM identity.residual s
    JOIN identity.link r ON s.row_key = r.row_key
    WHERE r.grade = 'new'
)
SELECT DISTINCT
    person_key,
    TRUE AS in_register,
    number_no,
    name_key,
    birth_date,
    sex,
    household_no,
    area_code,
    CAST(NULL AS VARCHAR) AS content
FROM identity.register_profile
UNION ALL
SELECT DISTINCT
    person_key,
    FALSE,
    number_no,
    name_key,
    birth_date,
    sex,
    CAST(NULL AS VARCHAR),
    CAST(NULL AS VARCHAR),
    CASE
        WHEN number_no IS NULL
            THEN
                md5(
                    extract || '|' || coalesce(id_number, '') || '|' || coalesce(name_key, '') || '|'
                    || coalesce(CAST(birth_date AS VARCHAR), '') || '|' || coalesce(sex, '') || '|'
                    || coalesce(phone, '') || '|' || coalesce(address, '') || '|' || coalesce(family_no, '') || '|'
                    || CAST(nth AS VARCHAR)
                )
    END
FROM newcomer
