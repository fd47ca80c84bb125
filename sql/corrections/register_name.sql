-- The names the register knows a person by. One row: a person × name; former = only as 曾用名.
-- From identity.source_row, identity.link.
SELECT person_key, name_key, min(former) AS former
FROM (
    SELECT link.person_key, source_row.name_key, 0 AS former
    FROM identity.source_row AS source_row
    INNER JOIN identity.link AS link
        ON link.extract = source_row.extract AND link.row_number = source_row.row_number
    WHERE source_row.extract = 'household_register' AND source_row.name_key IS NOT NULL
    UNION ALL
    SELECT link.person_key, source_row.former_name_key AS name_key, 1 AS former
    FROM identity.source_row AS source_row
    INNER JOIN identity.link AS link
        ON link.extract = source_row.extract AND link.row_number = source_row.row_number
    WHERE source_row.extract = 'household_register' AND source_row.former_name_key IS NOT NULL
) AS known
GROUP BY person_key, name_key
