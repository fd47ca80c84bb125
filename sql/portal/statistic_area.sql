-- The counts of a programme by area, for areas right below $code: protected where they are small.
-- grain: an area × measure
-- columns: area_code, area_name, measure, value, suppressed
-- from: analyst.area, analyst.statistic
SELECT a.area_code, a.area_name, s.measure, s.value, s.suppressed
FROM analyst.area AS a
INNER JOIN analyst.statistic AS s ON s.area_code = a.area_code
WHERE a.parent = $code AND s.programme = $programme AND regexp_matches(a.area_code, $area)
ORDER BY a.area_code, s.measure
