-- The register as a link of two tables takes it: what intake cleaned, and the keys of blocking.
-- One row of: register row. From: identity.source_row, cleaned.reading.
-- The columns are those of cleaned.department; what only the other side has is NULL here.
WITH register AS (
    SELECT
        *,
        coalesce(
            birth_date,
            try_cast(
                substr(id_number18, 7, 4) || '-' || substr(id_number18, 11, 2) || '-' || substr(id_number18, 13, 2)
                AS DATE
            )
        ) AS told_birth
    FROM identity.source_row
    WHERE extract = 'household_register'
),
phone_few AS (
    SELECT phone FROM register WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) <= 30
),
address_few AS (
    SELECT address FROM register WHERE address IS NOT NULL GROUP BY address HAVING count(*) <= 40
),
day_few AS (
    SELECT told_birth FROM register WHERE told_birth IS NOT NULL GROUP BY told_birth HAVING count(*) <= 500
),
household_few AS (
    SELECT household_no FROM register WHERE household_no IS NOT NULL GROUP BY household_no HAVING count(*) <= 20
),
name_frequency AS (
    SELECT name_key, count(*) AS person_count FROM register WHERE name_key IS NOT NULL GROUP BY name_key
)
SELECT
    s.row_key AS unique_id,
    coalesce(s.id_number18, s.id_number) AS number,
    s.id_number18 AS number18,
    s.former_id_number18 AS former_number18,
    CAST(NULL AS VARCHAR) AS damaged,
    FALSE AS taken,
    s.name_key,
    s.former_name_key,
    g.reading,
    s.told_birth AS birth,
    s.told_birth AS any_birth,
    d.told_birth AS block_birth,
    coalesce(s.sex, CASE WHEN s.number_no IS NULL THEN NULL WHEN s.number_no % 2 = 1 THEN 'M' ELSE 'F' END) AS sex,
    s.phone,
    s.address,
    p.phone AS phone_few,
    CASE WHEN a.address IS NOT NULL THEN s.address END AS address_few,
    nullif(regexp_extract(s.address, '.{3}[0-9].*$'), '') AS address_tail,
    CAST(NULL AS VARCHAR) AS open_address_tail,
    CASE WHEN h.person_count <= 20 THEN s.name_key END AS rare_name,
    CASE WHEN h.person_count <= 2 THEN s.name_key END AS rarest_name,
    s.name_key AS odd_name,
    [s.id_number18] AS number_variants,
    f.household_no AS household
FROM register s
LEFT JOIN cleaned.reading g ON s.name_key = g.name_key
LEFT JOIN phone_few p ON s.phone = p.phone
LEFT JOIN address_few a ON s.address = a.address
LEFT JOIN day_few d ON s.told_birth = d.told_birth
LEFT JOIN household_few f ON s.household_no = f.household_no
LEFT JOIN name_frequency h ON s.name_key = h.name_key
