-- How many lines have changed, by cause, of the areas $area.
-- grain: a cause
-- columns: cause, lines
-- from: lists.change_line, mart.person
SELECT c.cause, count(*) AS lines
FROM lists.change_line AS c
LEFT JOIN mart.person AS p ON p.person_id = c.person_id
WHERE regexp_matches(coalesce(p.area_code, ''), $area)
GROUP BY c.cause
ORDER BY lines DESC, c.cause
