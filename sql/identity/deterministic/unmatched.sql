-- Rows of other extracts that are not in `clear_match`, with numbers read as far as they can be. Letters for digits (O,
-- I, L) are read as digits, and a number is read without the text around it (身份证…, …（本人）). 3.40102194503125E+17 keeps
-- 15 digits. A number that ends in 000 is what a spreadsheet left of one, even where its check character happens to
-- fit. 111111111111111111, 123456789012345678 and a birthday of 19000101 are placeholders: no number. `subject` names
-- the row's content: by it a clerk's decision finds the row again on another night. `birth`: the row's own birth date,
-- else that of its number where the text still holds one.
-- grain: a source row
-- columns: row_key, extract, name_key, id_number, id_number_state, number_no, sex, birth_date, birth, address, phone,
--   family_no, person_id, companion_name_key, subject
-- from: identity.clear_match, identity.source_row
WITH unlinked AS (
    SELECT
        source.* EXCLUDE (id_number),
        source.id_number AS delivered_number,
        CASE
            WHEN
                length(source.id_number) >= $number_length_min
                AND (
                    replace(source.id_number, left(source.id_number, 1), '') = ''
                    OR source.id_number LIKE '1234567%'
                    OR substr(source.id_number, 7, 8) IN ('19000101', '00000000')
                )
                THEN NULL
            WHEN
                source.id_number_state = 'scientific'
                AND length(split_part(source.id_number, 'E', 1)) >= $spreadsheet_digits_min
                THEN rpad(replace(split_part(source.id_number, 'E', 1), '.', ''), 18, '0')
            WHEN
                source.id_number_state = 'malformed'
                AND regexp_matches(
                    source.id_number,
                    '(^|[^0-9])[1-9][0-9]{16}[0-9X][^0-9X]|[^0-9][1-9][0-9]{16}[0-9X]$'
                )
                THEN regexp_extract(source.id_number, '(^|[^0-9])([1-9][0-9]{16}[0-9X])($|[^0-9X])', 2)
            WHEN
                source.id_number_state = 'malformed'
                AND length(source.id_number) BETWEEN $number_length_min AND $number_length_max
                THEN translate(source.id_number, 'OQDIL', '00011')
            ELSE coalesce(source.id_number18, source.id_number)
        END AS id_number
    FROM identity.source_row AS source
    LEFT JOIN identity.clear_match AS clear ON source.row_key = clear.row_key
    WHERE source.extract <> 'household_register' AND clear.row_key IS NULL
)
SELECT
    unlinked.row_key,
    unlinked.extract,
    unlinked.name_key,
    unlinked.id_number,
    unlinked.id_number_state,
    CASE
        WHEN unlinked.id_number IS NOT NULL AND unlinked.id_number18 NOT LIKE '%000' THEN unlinked.number_no
    END AS number_no,
    unlinked.sex,
    unlinked.birth_date,
    coalesce(
        unlinked.birth_date,
        CASE
            WHEN
                length(unlinked.id_number) BETWEEN $dated_number_length_min AND $number_length_max
                AND (
                    unlinked.id_number LIKE '______18%'
                    OR unlinked.id_number LIKE '______19%'
                    OR unlinked.id_number LIKE '______20%'
                )
                THEN try_cast(
                    substr(unlinked.id_number, 7, 4)
                    || '-'
                    || substr(unlinked.id_number, 11, 2)
                    || '-'
                    || substr(unlinked.id_number, 13, 2)
                    AS DATE
                )
        END
    ) AS birth,
    unlinked.address,
    unlinked.phone,
    unlinked.household_no AS family_no,
    unlinked.person_id,
    unlinked.companion_name_key,
    md5(
        concat_ws(
            '|', unlinked.extract, unlinked.role, coalesce(unlinked.delivered_number, ''),
            coalesce(unlinked.name_key, ''),
            coalesce(
                CAST(unlinked.birth_date AS VARCHAR),
                ''
            ), coalesce(unlinked.sex, ''), coalesce(unlinked.phone, ''),
            coalesce(unlinked.address, ''), coalesce(unlinked.household_no, '')
        )
    ) AS subject
FROM unlinked
