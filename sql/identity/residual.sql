-- Rows of other extracts that number and name alone do not tie to one registered person.
-- One row of: source row. From: identity.source_row, number_link.
-- `birth` is the row's own birth date, else what its number says when the text still holds a date.
-- `taken`: its valid number is known to the register, but under a name that does not fit.
SELECT
    s.row_key,
    s.extract,
    s.name_key,
    s.id_number,
    s.id_number18,
    s.id_number_state,
    s.sex,
    s.birth_date,
    coalesce(
        s.birth_date,
        CASE
            WHEN length(s.id_number) BETWEEN 17 AND 19
                THEN try_cast(
                    substr(s.id_number, 7, 4) || '-' || substr(s.id_number, 11, 2) || '-' || substr(s.id_number, 13, 2)
                    AS DATE
                )
        END
    ) AS birth,
    regexp_replace(s.address, '[\s　]', '', 'g') AS address,
    s.phone,
    s.person_id,
    s.companion_name_key,
    s.companion_number18,
    s.id_number18 IS NOT NULL AND n.row_key IS NOT NULL AS taken
FROM identity.source_row s
LEFT JOIN identity.number_link l ON s.row_key = l.row_key
LEFT JOIN (SELECT DISTINCT row_key FROM identity.number_match) n ON s.row_key = n.row_key
WHERE s.extract <> 'household_register' AND l.row_key IS NULL
