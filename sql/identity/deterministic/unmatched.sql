-- Rows of other extracts that are not tied by an equal number and an equal name. Letters that stand for digits (O, I,
-- L) are read as such, and a number is read without what stands around it (身份证…, …（本人）). 3.40102194503125E+17 keeps 15
-- digits. A number that ends in 000 is what a spreadsheet left of one, even where its check character happens to fit.
-- 111111111111111111, 123456789012345678 and a birthday of 19000101 are stopgaps: no number. `subject` names the row's
-- content: by it a clerk's decision finds the row again on another night. `birth` is the row's own birth date, else
-- what its number says when the text still holds a date.
-- grain: source row
-- columns: row_key, extract, name_key, id_number, id_number_state, number_no, sex, birth_date, birth, address, phone,
--   family_no, person_id, companion_name_key, subject
-- from: identity.department_row, identity.same_number_and_name
WITH unlinked AS (
    SELECT
        s.* EXCLUDE (id_number),
        s.id_number AS delivered_number,
        CASE
            WHEN
                length(s.id_number) >= $number_length_min
                AND (
                    replace(s.id_number, left(s.id_number, 1), '') = ''
                    OR s.id_number LIKE '1234567%'
                    OR substr(s.id_number, 7, 8) IN ('19000101', '00000000')
                )
                THEN NULL
            WHEN s.id_number_state = 'scientific' AND length(split_part(s.id_number, 'E', 1)) >= $spreadsheet_digits_min
                THEN rpad(replace(split_part(s.id_number, 'E', 1), '.', ''), 18, '0')
            WHEN
                s.id_number_state = 'malformed'
                AND regexp_matches(s.id_number, '(^|[^0-9])[1-9][0-9]{16}[0-9X][^0-9X]|[^0-9][1-9][0-9]{16}[0-9X]$')
                THEN regexp_extract(s.id_number, '(^|[^0-9])([1-9][0-9]{16}[0-9X])($|[^0-9X])', 2)
            WHEN s.id_number_state = 'malformed' AND length(s.id_number) BETWEEN $number_length_min AND $number_length_max
                THEN translate(s.id_number, 'OQDIL', '00011')
            ELSE coalesce(s.id_number18, s.id_number)
        END AS id_number
    FROM identity.department_row s
    LEFT JOIN identity.same_number_and_name m ON s.row_key = m.row_key
    WHERE m.row_key IS NULL
)
SELECT
    s.row_key,
    s.extract,
    s.name_key,
    s.id_number,
    s.id_number_state,
    CASE WHEN s.id_number IS NOT NULL AND s.id_number18 NOT LIKE '%000' THEN s.number_no END AS number_no,
    s.sex,
    s.birth_date,
    coalesce(
        s.birth_date,
        CASE
            WHEN
                length(s.id_number) BETWEEN $dated_number_length_min AND $number_length_max
                AND (s.id_number LIKE '______18%' OR s.id_number LIKE '______19%' OR s.id_number LIKE '______20%')
                THEN try_cast(
                    substr(s.id_number, 7, 4) || '-' || substr(s.id_number, 11, 2) || '-' || substr(s.id_number, 13, 2)
                    AS DATE
                )
        END
    ) AS birth,
    s.address,
    s.phone,
    s.household_no AS family_no,
    s.person_id,
    s.companion_name_key,
    md5(
        concat_ws(
            '|', s.extract, s.role, coalesce(s.delivered_number, ''), coalesce(s.name_key, ''),
            coalesce(CAST(s.birth_date AS VARCHAR), ''), coalesce(s.sex, ''), coalesce(s.phone, ''),
            coalesce(s.address, ''), coalesce(s.household_no, '')
        )
    ) AS subject
FROM unlinked s
