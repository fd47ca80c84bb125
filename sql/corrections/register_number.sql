-- The valid numbers the register knows a person by. One row: a person × number; former = only as 曾用身份号码.
-- From identity.source_row, identity.link.
SELECT person_key, id_number18, min(former) AS former
FROM (
    SELECT link.person_key, source_row.id_number18, 0 AS former
    FROM identity.source_row AS source_row
    INNER JOIN identity.link AS link
        ON link.extract = source_row.extract AND link.row_number = source_row.row_number
    WHERE source_row.extract = 'household_register' AND source_row.id_number18 IS NOT NULL
    UNION ALL
    SELECT link.person_key, source_row.former_id_number18 AS id_number18, 1 AS former
    FROM identity.source_row AS source_row
    INNER JOIN identity.link AS link
        ON link.extract = source_row.extract AND link.row_number = source_row.row_number
    WHERE source_row.extract = 'household_register' AND source_row.former_id_number18 IS NOT NULL
) AS known
GROUP BY person_key, id_number18
