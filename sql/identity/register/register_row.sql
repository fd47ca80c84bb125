-- The register's rows as they are compared. `birth_date`, `sex`: the row's own, else those of its valid number.
-- `misdated`: the number contradicts the row's own birth date. `content`: the row's fingerprint, by which it is found
-- again on another night, wherever in its file it is. `other_address`: the registered address of a person who lives
-- elsewhere. The row's own number is no former one. 3.40102194109304E+17 keeps 15 digits. Letters for digits (O, I, L)
-- are read as digits, and a number is read without the text around it (身份证…, …（本人）). 111111111111111111,
-- 123456789012345678 and a birthday of 19000101 that are not valid are placeholders: no number.
-- grain: a register row
-- columns: row_key, row_number, name_key, former_name_key, number_no, id_number, former_number_no, birth_date, sex,
--   area_code, status, phone, household_no, address, other_address, misdated, content
-- from: intake.household_register
-- materialized: view
SELECT
    CAST(1 AS BIGINT) * 10000000000 + row_number * 10 AS row_key,
    row_number,
    name_key,
    former_name_key,
    CAST(left(id_number18, 17) AS BIGINT) AS number_no,
    CASE
        WHEN
            id_number18 IS NULL
            AND length(id_number) >= $number_length_min
            AND (
                replace(id_number, left(id_number, 1), '') = ''
                OR id_number LIKE '1234567%'
                OR substr(id_number, 7, 8) IN ('19000101', '00000000')
            )
            THEN NULL
        WHEN
            id_number18 IS NULL
            AND regexp_matches(id_number, '(^|[^0-9])[1-9][0-9]{16}[0-9X][^0-9X]|[^0-9][1-9][0-9]{16}[0-9X]$')
            THEN regexp_extract(id_number, '(^|[^0-9])([1-9][0-9]{16}[0-9X])($|[^0-9X])', 2)
        WHEN id_number18 IS NULL AND regexp_matches(id_number, '^[0-9][.][0-9]{14}E[+]?17$')
            THEN rpad(replace(split_part(id_number, 'E', 1), '.', ''), 18, '0')
        WHEN id_number18 IS NULL AND length(id_number) BETWEEN $number_length_min AND $number_length_max
            THEN translate(id_number, 'OQDIL', '00011')
        ELSE coalesce(id_number18, id_number)
    END AS id_number,
    CASE WHEN former_id_number18 IS DISTINCT FROM id_number18 THEN CAST(left(former_id_number18, 17) AS BIGINT) END
        AS former_number_no,
    coalesce(
        birth_date,
        try_cast(
            substr(id_number18, 7, 4) || '-' || substr(id_number18, 11, 2) || '-' || substr(id_number18, 13, 2) AS DATE
        )
    ) AS birth_date,
    coalesce(
        sex,
        CASE
            WHEN id_number18 IS NULL THEN NULL
            WHEN CAST(substr(id_number18, 17, 1) AS INTEGER) % 2 = 1 THEN 'M'
            ELSE 'F'
        END
    ) AS sex,
    area_code,
    status,
    phone,
    household_no,
    coalesce(residence_address_key, registered_address_key) AS address,
    CASE WHEN registered_address_key <> residence_address_key THEN registered_address_key END AS other_address,
    coalesce(
        substr(id_number18, 7, 8) <> CAST(
            year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date) AS VARCHAR
        ),
        FALSE
    ) AS misdated,
    content
FROM intake.household_register
