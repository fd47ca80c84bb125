-- The rows of tonight's register by keys that last: a row that reads as it did last night keeps its key, wherever it stands now.
-- One row of: register row. From: identity.found_line, last_night.register. `is_known`: it reads as it did.
-- What several rows say alike is nobody's in particular: such rows are new every night.
WITH several AS (
    SELECT row_key FROM identity.found_line WHERE row_key IS NOT NULL GROUP BY row_key HAVING count(*) > 1
),
new_line AS (
    SELECT f.row_number
    FROM identity.found_line f
    LEFT JOIN several s ON f.row_key = s.row_key
    WHERE f.row_key IS NULL OR s.row_key IS NOT NULL
),
last_key AS (
    SELECT max(row_key) AS row_key FROM last_night.register
)
SELECT f.row_number, f.row_key, TRUE AS is_known
FROM identity.found_line f
ANTI JOIN several s ON f.row_key = s.row_key
WHERE f.row_key IS NOT NULL
UNION ALL
SELECT n.row_number, k.row_key + 10 * row_number() OVER (ORDER BY n.row_number), FALSE
FROM new_line n
CROSS JOIN last_key k
