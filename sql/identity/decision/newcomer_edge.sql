-- Rows about nobody in the register that are one person: the same valid number and compatible names.
-- grain: a pair of source rows
-- columns: left_key, right_key
-- from: identity.outcome, identity.unlinked_record
WITH newcomer AS (
    SELECT record.row_key, record.number_no, record.name_key
    FROM identity.unlinked_record AS record
    JOIN identity.outcome ON record.row_key = outcome.row_key
    WHERE outcome.grade = 'new' AND record.number_no IS NOT NULL AND record.name_key IS NOT NULL
),
number_name AS (
    SELECT number_no, name_key, min(row_key) AS first_key FROM newcomer GROUP BY number_no, name_key
),
-- few numbers are on rows of several names; these are paired first, and their names compared all at once
several_names AS (
    SELECT number_no, name_key, first_key
    FROM number_name
    WHERE
        number_no IN (
            SELECT number_no FROM number_name GROUP BY number_no HAVING count(*) BETWEEN 2 AND $newcomer_names_max
        )
),
pair AS (
    SELECT DISTINCT
        several_names.first_key AS left_key,
        other.first_key AS right_key,
        several_names.name_key AS left_name,
        other.name_key AS right_name
    FROM several_names
    JOIN several_names AS other
        ON several_names.number_no = other.number_no AND several_names.first_key < other.first_key
)
SELECT newcomer.row_key AS left_key, number_name.first_key AS right_key
FROM newcomer
JOIN number_name ON newcomer.number_no = number_name.number_no AND newcomer.name_key = number_name.name_key
WHERE newcomer.row_key <> number_name.first_key
UNION ALL
SELECT left_key, right_key
FROM pair
WHERE name_level(left_name, right_name) >= $alike_name
