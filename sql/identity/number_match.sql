-- Rows of other extracts whose valid number the register knows, against each bearer of that number.
-- One row of: source row × person. From: identity.source_row, known_number, known_name, register_profile.
-- `name_level` is the best over the person's names; the other fields say whether what the row itself gives
-- contradicts every register row of the person.
WITH matched AS (
    SELECT s.row_key, n.person_key, n.is_current, s.name_key, s.birth_date, s.sex, s.extract
    FROM identity.source_row s
    JOIN identity.known_number n ON s.id_number18 = n.id_number18
    WHERE s.extract <> 'household_register'
),
same_name AS (
    SELECT m.row_key, m.person_key
    FROM matched m
    JOIN identity.known_name k ON m.person_key = k.person_key AND m.name_key = k.name_key
),
other_name AS (
    SELECT
        m.row_key,
        m.person_key,
        max(name_level(coalesce(m.name_key, ''), coalesce(k.name_key, ''))) AS name_level
    FROM matched m
    LEFT JOIN same_name e ON m.row_key = e.row_key AND m.person_key = e.person_key
    LEFT JOIN identity.known_name k ON m.person_key = k.person_key
    WHERE e.row_key IS NULL
    GROUP BY m.row_key, m.person_key
),
leveled AS (
    SELECT row_key, person_key, 6 AS name_level FROM same_name
    UNION ALL
    SELECT row_key, person_key, CAST(name_level AS INTEGER) FROM other_name
)
SELECT
    m.row_key,
    m.person_key,
    max(m.is_current) AS is_current,
    max(l.name_level) AS name_level,
    bool_or(m.birth_date = r.birth_date) AS birth_agrees,
    bool_or(m.sex = r.sex) AS sex_agrees
FROM matched m
JOIN leveled l ON m.row_key = l.row_key AND m.person_key = l.person_key
JOIN identity.register_profile r ON m.person_key = r.person_key
GROUP BY m.row_key, m.person_key
