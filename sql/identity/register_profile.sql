-- What the register says of each of its rows, with the person it belongs to.
-- One row of: a register row. From: identity.source_row, identity.register_component (rows tied together).
SELECT
    s.row_key,
    coalesce(c.component, s.row_key) AS person_key,
    s.name_key,
    s.former_name_key,
    s.id_number18,
    s.id_number,
    s.former_id_number18,
    coalesce(
        s.birth_date,
        try_cast(
            substr(s.id_number18, 7, 4) || '-' || substr(s.id_number18, 11, 2) || '-' || substr(s.id_number18, 13, 2)
            AS DATE
        )
    ) AS birth_date,
    coalesce(
        s.sex,
        CASE
            WHEN s.id_number18 IS NULL THEN NULL
            WHEN CAST(substr(s.id_number18, 17, 1) AS INTEGER) % 2 = 1 THEN 'M'
            ELSE 'F'
        END
    ) AS sex,
    s.area_code,
    s.phone,
    s.household_no,
    s.register_status,
    regexp_replace(s.address, '[\s　]', '', 'g') AS address,
    regexp_replace(s.other_address, '[\s　]', '', 'g') AS other_address
FROM identity.source_row s
LEFT JOIN identity.register_component c ON s.row_key = c.row_key
WHERE s.extract = 'household_register'
