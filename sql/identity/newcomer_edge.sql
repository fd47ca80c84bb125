-- Rows that match nobody in the register, tied among themselves: the same valid number and compatible names.
-- One row of: a pair of source rows. From: identity.residual, outcome.
WITH newcomer AS (
    SELECT r.row_key, r.id_number18, r.name_key
    FROM identity.residual r
    JOIN identity.outcome o ON r.row_key = o.row_key
    WHERE o.grade = 'new' AND r.id_number18 IS NOT NULL AND r.name_key IS NOT NULL
),
bearer AS (
    SELECT id_number18, name_key, min(row_key) AS first_key FROM newcomer GROUP BY id_number18, name_key
)
SELECT n.row_key AS left_key, b.first_key AS right_key
FROM newcomer n
JOIN bearer b ON n.id_number18 = b.id_number18 AND n.name_key = b.name_key
WHERE n.row_key <> b.first_key
UNION ALL
SELECT a.first_key, b.first_key
FROM bearer a
JOIN bearer b ON a.id_number18 = b.id_number18 AND a.first_key < b.first_key
WHERE name_level(a.name_key, b.name_key) >= 3
