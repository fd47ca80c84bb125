-- Names of areas, for joining. An area without a name that is in no statistic is left out: that it is there would say
-- that somebody lives in it.
-- grain: an area
-- columns: area_code, level, level_name, area_name, parent
-- from: analyst.statistic, mart.area, mart.code
SELECT a.area_code, a.level, w.name AS level_name, a.name AS area_name, a.parent
FROM mart.area AS a
INNER JOIN mart.code AS w ON w.column_name = 'area.level' AND w.code = a.level
WHERE a.name <> a.area_code OR a.area_code IN (SELECT area_code FROM analyst.statistic)
ORDER BY a.area_code
