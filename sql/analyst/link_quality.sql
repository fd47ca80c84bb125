-- How surely rows were linked; fewer than five links are not counted (links is NULL), and where that would leave one to
-- four of the extract's rows uncounted, the next rarest grade is not either: what came in is known (analyst.delivery).
-- grain: an extract × grade
-- columns: extract, extract_name, grade, grade_name, links
-- from: mart.code, mart.identity_link
SELECT
    linked.extract,
    extract.name AS extract_name,
    linked.grade,
    grade.name AS grade_name,
    CASE WHEN linked.links >= 5 AND linked.rarer NOT BETWEEN 1 AND 4 THEN linked.links END AS links
FROM (
    SELECT
        extract,
        grade,
        count(*) AS links,
        coalesce(
            sum(count(*)) OVER (
                PARTITION BY extract ORDER BY count(*) ASC, grade ASC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            0
        ) AS rarer
    FROM mart.identity_link
    GROUP BY extract, grade
) AS linked
LEFT JOIN mart.code AS extract ON extract.column_name = 'extract' AND extract.code = linked.extract
LEFT JOIN mart.code AS grade ON grade.column_name = 'grade' AND grade.code = linked.grade
ORDER BY linked.extract, linked.grade
