-- The person of each register row, with the names and numbers that the row gives.
-- grain: a register row
-- columns: person_key, row_number, name_key, former_name_key, id_number18, former_id_number18
-- from: identity.link, identity.source_row
SELECT
    link.person_key,
    row.row_number,
    row.name_key,
    row.former_name_key,
    row.id_number18,
    row.former_id_number18
FROM identity.source_row AS row
INNER JOIN identity.link AS link ON link.extract = row.extract AND link.row_number = row.row_number
WHERE row.extract = 'household_register'
