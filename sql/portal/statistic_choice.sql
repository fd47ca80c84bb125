-- The areas of which there are counts, from the region down, and of which the user sees all.
-- grain: an area
-- columns: area_code, area_name, level, level_name
-- from: analyst.area, analyst.statistic
SELECT area_code, area_name, level, level_name
FROM analyst.area
WHERE regexp_matches(area_code, $area) AND area_code IN (SELECT area_code FROM analyst.statistic)
ORDER BY length(area_code), area_code
