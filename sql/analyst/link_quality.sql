-- How surely rows were linked; fewer than five links are not counted (links is NULL).
-- grain: an extract × grade
-- columns: extract, extract_name, grade, grade_name, links
-- from: mart.code, mart.identity_link
SELECT
    linked.extract,
    extract.name AS extract_name,
    linked.grade,
    grade.name AS grade_name,
    CASE WHEN linked.links >= 5 THEN linked.links END AS links
FROM (
    SELECT extract, grade, count(*) AS links
    FROM mart.identity_link
    GROUP BY extract, grade
) AS linked
LEFT JOIN mart.code AS extract ON extract.column_name = 'extract' AND extract.code = linked.extract
LEFT JOIN mart.code AS grade ON grade.column_name = 'grade' AND grade.code = linked.grade
ORDER BY linked.extract, linked.grade
