-- The rows of tonight's register that did not stand so last night, with the keys that they get. One row of: register row.
-- From: identity.found_line, recurring_row, kept_register (as last night left it).
WITH new_row AS (
    SELECT row_number FROM identity.found_line WHERE row_key IS NULL
    UNION ALL
    SELECT f.row_number FROM identity.found_line f SEMI JOIN identity.recurring_row r ON f.row_key = r.row_key
),
last_key AS (
    SELECT max(row_key) AS row_key FROM identity.kept_register
)
SELECT n.row_number, k.row_key + 10 * row_number() OVER (ORDER BY n.row_number) AS row_key
FROM new_row n
CROSS JOIN last_key k
