-- Register rows in quarantine that an unlinked record could be about: the register then does not show everybody.
-- `edit_distance`: of the two numbers (a valid number is no damaged form of another); NULL: name and birth date are
-- those of the row in quarantine.
-- grain: an unlinked record × number of a register row in quarantine
-- columns: row_key, number_no, edit_distance
-- from: identity.unlinked_record, run.quarantined_identifier
WITH register_number AS (
    SELECT identifier.number18, CAST(left(identifier.number18, 17) AS BIGINT) AS number_no, name_of_row.name_key
    FROM run.quarantined_identifier AS identifier
    LEFT JOIN run.quarantined_identifier AS name_of_row
        ON identifier.extract = name_of_row.extract
        AND identifier.row_number = name_of_row.row_number
        AND name_of_row.name_key IS NOT NULL
    WHERE identifier.extract = 'household_register' AND identifier.number18 IS NOT NULL
),

numbered_record AS (
    SELECT row_key, id_number, number_no
    FROM identity.unlinked_record
    WHERE length(id_number) BETWEEN $number_length_min AND $damaged_number_length_max AND NOT other_persons_number
),

near_number AS (
    SELECT
        numbered_record.row_key,
        numbered_record.id_number,
        numbered_record.number_no AS own_no,
        register_number.number18,
        register_number.number_no
    FROM numbered_record
    JOIN register_number ON right(numbered_record.id_number, 12) = right(register_number.number18, 12)
    UNION
    SELECT
        numbered_record.row_key,
        numbered_record.id_number,
        numbered_record.number_no AS own_no,
        register_number.number18,
        register_number.number_no
    FROM numbered_record
    JOIN register_number
        ON left(numbered_record.id_number, 6) = left(register_number.number18, 6)
        AND right(numbered_record.id_number, 4) = right(register_number.number18, 4)
    UNION
    SELECT
        numbered_record.row_key,
        numbered_record.id_number,
        numbered_record.number_no AS own_no,
        register_number.number18,
        register_number.number_no
    FROM numbered_record
    JOIN register_number ON left(numbered_record.id_number, 14) = left(register_number.number18, 14)
)

SELECT row_key, number_no, CAST(osa_distance(id_number, number18) AS INTEGER) AS edit_distance
FROM near_number
WHERE osa_distance(id_number, number18) <= 2 AND (own_no IS NULL OR own_no = number_no)
UNION
SELECT record.row_key, register_number.number_no, CAST(NULL AS INTEGER)
FROM identity.unlinked_record AS record
JOIN register_number
    ON record.name_key = register_number.name_key
    AND register_number.number_no // 1000 % 100000000
        = year(record.birth) * 10000 + month(record.birth) * 100 + day(record.birth)
