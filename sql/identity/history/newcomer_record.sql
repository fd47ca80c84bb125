-- By what somebody who is not in the register is recognised from night to night. A row without a valid number is
-- recognised by its own content, counted where several read the same.
-- grain: person × distinct record
-- columns: person_key, in_register, number_no, name_key, birth_date, sex, household_no, area_code, content
-- from: identity.residual, identity.residual_link
WITH newcomer AS (
    SELECT
        l.person_key,
        s.number_no,
        s.name_key,
        s.birth_date,
        s.sex,
        s.subject,
        row_number() OVER (PARTITION BY s.subject ORDER BY s.row_key) AS nth
    FROM identity.residual s
    JOIN identity.residual_link l ON s.row_key = l.row_key
    WHERE l.grade = 'new'
)
SELECT DISTINCT
    person_key,
    FALSE AS in_register,
    number_no,
    name_key,
    birth_date,
    sex,
    CAST(NULL AS VARCHAR) AS household_no,
    CAST(NULL AS VARCHAR) AS area_code,
    CASE WHEN number_no IS NULL THEN subject || '|' || CAST(nth AS VARCHAR) END AS content
FROM newcomer
