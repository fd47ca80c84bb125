-- How surely rows were linked. One row: an extract × grade. From mart.identity_link.
SELECT extract, grade, count(*) AS links
FROM mart.identity_link
GROUP BY extract, grade
ORDER BY extract, grade
