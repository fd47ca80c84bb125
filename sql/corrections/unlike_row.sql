-- Department rows that name or number a person of the register otherwise than one of the register rows does; whether
-- another row of the person agrees is looked up for these few. Only links that are clear count.
-- grain: a source row (a marriage row by role)
-- columns: extract, row_number, role, name_key, id_number18, person_key
-- from: corrections.register_row, identity.link, identity.source_row
SELECT DISTINCT
    row.extract,
    row.row_number,
    row.role,
    row.name_key,
    row.id_number18,
    link.person_key
FROM identity.link AS link
INNER JOIN identity.source_row AS row
    ON row.extract = link.extract AND row.row_number = link.row_number AND row.role = link.role
INNER JOIN corrections.register_row AS registered ON registered.person_key = link.person_key
WHERE
    link.extract <> 'household_register'
    AND row.extract <> 'household_register'
    AND link.grade IN ('exact', 'strong')
    AND (
        coalesce(row.name_key <> registered.name_key, row.name_key IS NOT NULL)
        OR coalesce(row.id_number18 <> registered.id_number18, row.id_number18 IS NOT NULL)
    )
