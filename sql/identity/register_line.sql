-- The rows of tonight's register by keys that last: a row that reads as it did last night keeps its key, wherever it stands now.
-- One row of: register row. From: identity.delivered_register, last_night.register. `is_known`: it reads as it did.
-- What several rows say alike is nobody's in particular: such rows are new every night.
WITH once AS (
    SELECT content, min(row_number) AS row_number FROM identity.delivered_register GROUP BY content HAVING count(*) = 1
),
known AS (
    SELECT o.row_number, r.row_key
    FROM once o
    JOIN last_night.register r ON o.content = r.content
),
last_key AS (
    SELECT max(row_key) AS row_key FROM last_night.register
)
SELECT row_number, row_key, TRUE AS is_known FROM known
UNION ALL
SELECT n.row_number, k.row_key + 10 * row_number() OVER (ORDER BY n.row_number), FALSE
FROM (SELECT d.row_number FROM identity.delivered_register d ANTI JOIN known o ON d.row_number = o.row_number) n
CROSS JOIN last_key k
