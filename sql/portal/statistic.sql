-- The counts of the area $code by programme, as the analyst's file has them: protected where they are small.
-- grain: a programme × measure
-- columns: programme, programme_name, measure, value, suppressed
-- from: analyst.programme, analyst.statistic
SELECT s.programme, coalesce(p.programme_name, s.programme) AS programme_name, s.measure, s.value, s.suppressed
FROM analyst.statistic AS s
LEFT JOIN analyst.programme AS p ON p.programme = s.programme
WHERE s.area_code = $code
ORDER BY s.programme, s.measure
