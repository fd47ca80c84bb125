-- Rows of the other extracts as a link of two tables takes them: what intake cleaned, and the keys of blocking.
-- One row of: source row outside the register. From: identity.source_row, cleaned.reading, cleaned.register.
-- Letters for digits are read as digits, and a spreadsheet's number is written out, as in identity.unmatched.
-- `damaged`: a number that is not valid; `taken`: a valid one that the register knows.
-- `household`: where the row points by somebody else: the spouse on it, another of its family, the holder of its number
-- who has another name.
-- `odd_name`: a name that nobody in the register has, with a number that identifies nobody.
WITH read_number AS (
    SELECT
        s.*,
        CASE
            WHEN s.id_number_state = 'scientific' AND length(split_part(s.id_number, 'E', 1)) >= 16
                THEN rpad(replace(split_part(s.id_number, 'E', 1), '.', ''), 18, '0')
            WHEN s.id_number_state = 'malformed' AND length(s.id_number) BETWEEN 15 AND 19
                THEN translate(s.id_number, 'OQDIL', '00011')
            ELSE coalesce(s.id_number18, s.id_number)
        END AS number,
        CASE WHEN s.id_number18 NOT LIKE '%000' THEN s.id_number18 END AS valid_number
    FROM identity.source_row s
    WHERE s.extract <> 'household_register'
),
known AS (
    SELECT number18 FROM cleaned.register WHERE number18 IS NOT NULL
    UNION
    SELECT former_number18 FROM cleaned.register WHERE former_number18 IS NOT NULL
),
holder AS (
    SELECT number18, min(household) AS household, min(name_key) AS name_key
    FROM cleaned.register
    WHERE number18 IS NOT NULL
    GROUP BY number18
),
spouse AS (
    SELECT CASE WHEN s.role = 'wife' THEN s.row_key - 1 ELSE s.row_key + 1 END AS row_key, h.household
    FROM identity.source_row s
    JOIN holder h ON s.id_number18 = h.number18 AND s.name_key = h.name_key
    WHERE s.extract = 'marriage_register'
),
family AS (
    SELECT s.household_no AS family_no, min(h.household) AS household
    FROM identity.source_row s
    JOIN holder h ON s.id_number18 = h.number18 AND s.name_key = h.name_key
    WHERE s.extract = 'hardship_roll' AND s.household_no IS NOT NULL
    GROUP BY s.household_no
    HAVING count(*) <= 20
),
name_frequency AS (
    SELECT DISTINCT name_key FROM cleaned.register WHERE name_key IS NOT NULL
),
dated AS (
    SELECT
        r.*,
        k.number18 IS NOT NULL AS is_taken,
        CASE
            WHEN h.name_key = r.name_key THEN NULL
            ELSE coalesce(c.household, f.household, h.household)
        END AS household,
        b.name_key IS NULL AS unheard_of,
        coalesce(
            r.birth_date,
            CASE
                WHEN
                    length(r.number) BETWEEN 16 AND 19
                    AND (r.number LIKE '______18%' OR r.number LIKE '______19%' OR r.number LIKE '______20%')
                    THEN try_cast(
                        substr(r.number, 7, 4) || '-' || substr(r.number, 11, 2) || '-' || substr(r.number, 13, 2)
                        AS DATE
                    )
            END
        ) AS told_birth
    FROM read_number r
    LEFT JOIN known k ON r.valid_number = k.number18
    LEFT JOIN name_frequency b ON r.name_key = b.name_key
    LEFT JOIN holder h ON r.valid_number = h.number18
    LEFT JOIN spouse c ON r.row_key = c.row_key
    LEFT JOIN family f ON r.household_no = f.family_no AND r.extract = 'hardship_roll'
)
SELECT
    s.row_key AS unique_id,
    s.number,
    s.valid_number AS number18,
    CAST(NULL AS VARCHAR) AS former_number18,
    CASE WHEN s.valid_number IS NULL AND length(s.number) BETWEEN 15 AND 20 THEN s.number END AS damaged,
    s.is_taken AS taken,
    s.name_key,
    CAST(NULL AS VARCHAR) AS former_name_key,
    g.reading,
    s.birth_date AS birth,
    s.told_birth AS any_birth,
    s.told_birth AS block_birth,
    s.sex,
    s.phone,
    s.address,
    CASE WHEN s.valid_number IS NULL OR s.is_taken THEN s.phone END AS phone_few,
    CASE WHEN s.valid_number IS NULL OR s.is_taken THEN s.address END AS address_few,
    nullif(regexp_extract(s.address, '.{3}[0-9].*$'), '') AS address_tail,
    CASE WHEN s.valid_number IS NULL OR s.is_taken THEN address_tail END AS open_address_tail,
    CASE WHEN s.told_birth IS NULL THEN s.name_key END AS rare_name,
    s.name_key AS rarest_name,
    CASE WHEN s.unheard_of AND (s.valid_number IS NULL OR s.is_taken) AND length(s.name_key) >= 2 THEN s.name_key END
        AS odd_name,
    CASE
        WHEN length(s.number) = 18 AND NOT s.is_taken
            THEN list_transform(
                CASE
                    WHEN s.valid_number IS NULL
                        THEN [[1, 11], [2, 12], [3, 13], [4, 14], [5, 15], [6, 16], [7, 17], [6, 7], [10, 11], [14, 15]]
                    ELSE [[1, 11], [2, 12], [3, 13], [4, 14], [5, 15], [6, 16], [7, 17], [8, 18]]
                END,
                lambda p: left(s.number, p[1] - 1)
                || substr(s.number, p[2], 1)
                || substr(s.number, p[1] + 1, p[2] - p[1] - 1)
                || substr(s.number, p[1], 1)
                || substr(s.number, p[2] + 1)
            )
    END AS number_variants,
    s.household
FROM dated s
LEFT JOIN cleaned.reading g ON s.name_key = g.name_key
