-- By what somebody outside the register is recognised on another night. A row without a valid number is recognised by
-- its own content, with a number where several read the same.
-- grain: a person × distinct record
-- columns: person_key, in_register, number_no, name_key, birth_date, sex, household_no, area_code, content
-- from: identity.evidence_link, identity.unlinked_record
WITH newcomer AS (
    SELECT
        evidence_link.person_key,
        record.number_no,
        record.name_key,
        record.birth_date,
        record.sex,
        record.subject,
        row_number() OVER (PARTITION BY record.subject ORDER BY record.row_key) AS nth
    FROM identity.unlinked_record AS record
    JOIN identity.evidence_link ON record.row_key = evidence_link.row_key
    WHERE evidence_link.grade = 'new'
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
