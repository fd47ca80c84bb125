-- How surely rows were linked; fewer than five links are not counted (links is NULL).
-- grain: an extract × grade
-- columns: extract, grade, links
-- from: mart.identity_link
SELECT extract, grade, CASE WHEN count(*) >= 5 THEN count(*) END AS links
FROM mart.identity_link
GROUP BY extract, grade
ORDER BY extract, grade
