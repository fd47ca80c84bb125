-- What the register says of each of its rows, with the person it belongs to.
-- One row of: a register row. From: identity.source_row, register_component (rows tied together), shared_number.
-- `leads`: the person's first row; `alone`: her only one. `doubtful`: its number also stands under another name, or
-- contradicts its own birth date: then the number proves little about whose it is. `content`: all that the row says, as
-- one number, by which it is found again on another night.
SELECT
    s.row_key,
    coalesce(c.component, s.row_key) AS person_key,
    c.row_key IS NULL OR c.component = s.row_key AS leads,
    c.row_key IS NULL AS alone,
    s.name_key,
    s.former_name_key,
    s.number_no,
    coalesce(s.id_number18, s.id_number) AS id_number,
    CAST(left(s.former_id_number18, 17) AS BIGINT) AS former_number_no,
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
            WHEN s.number_no IS NULL THEN NULL
            WHEN s.number_no % 2 = 1 THEN 'M'
            ELSE 'F'
        END
    ) AS sex,
    s.area_code,
    s.phone,
    s.household_no,
    CASE
        WHEN contains(s.address, ' ') OR contains(s.address, '　') THEN replace(replace(s.address, ' ', ''), '　', '')
        ELSE s.address
    END AS address,
    CASE
        WHEN contains(s.other_address, ' ') OR contains(s.other_address, '　') THEN replace(replace(s.other_address, ' ', ''), '　', '')
        ELSE s.other_address
    END AS other_address,
    d.number_no IS NOT NULL
    OR (
        s.number_no IS NOT NULL
        AND s.birth_date IS NOT NULL
        AND s.number_no // 1000 % 100000000
        <> year(s.birth_date) * 10000 + month(s.birth_date) * 100 + day(s.birth_date)
    ) AS doubtful,
    hash(
        s.extract, s.id_number, s.id_number18, s.id_number_state, s.name_key, s.former_name_key, s.former_id_number18,
        s.sex, s.birth_date, s.area_code, s.address, s.other_address, s.phone, s.household_no
    ) AS content
FROM identity.source_row s
LEFT JOIN identity.register_component c ON s.row_key = c.row_key
LEFT JOIN identity.shared_number d ON s.number_no = d.number_no
WHERE s.extract = 'household_register'
