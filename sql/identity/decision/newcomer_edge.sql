-- Rows that match nobody in the register, tied among themselves: the same valid number and compatible names.
-- grain: a pair of source rows
-- columns: left_key, right_key
-- from: identity.outcome, identity.residual
WITH newcomer AS (
    SELECT r.row_key, r.number_no, r.name_key
    FROM identity.residual r
    JOIN identity.outcome o ON r.row_key = o.row_key
    WHERE o.grade = 'new' AND r.number_no IS NOT NULL AND r.name_key IS NOT NULL
),
bearer AS (
    SELECT number_no, name_key, min(row_key) AS first_key FROM newcomer GROUP BY number_no, name_key
),
-- few of a number's bearers have another name; they are paired first, and their names compared all at once
rival AS (
    SELECT number_no, name_key, first_key
    FROM bearer
    WHERE number_no IN (SELECT number_no FROM bearer GROUP BY number_no HAVING count(*) BETWEEN 2 AND $newcomer_names_max)
),
pair AS (
    SELECT DISTINCT a.first_key AS left_key, b.first_key AS right_key, a.name_key AS left_name, b.name_key AS right_name
    FROM rival a
    JOIN rival b ON a.number_no = b.number_no AND a.first_key < b.first_key
)
SELECT n.row_key AS left_key, b.first_key AS right_key
FROM newcomer n
JOIN bearer b ON n.number_no = b.number_no AND n.name_key = b.name_key
WHERE n.row_key <> b.first_key
UNION ALL
SELECT left_key, right_key
FROM pair
WHERE name_level(left_name, right_name) >= $alike_name
