-- How many rows are linked, and how surely.
-- grain: a grade
-- columns: grade, row_count
-- from: mart.identity_link
SELECT grade, count(*) AS row_count
FROM mart.identity_link
GROUP BY grade
