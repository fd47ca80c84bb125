-- mart.history: statistics and indicators of every published night as one series. Nights before this one are as they
-- were published, without what was withdrawn or replaced since; this night is tonight's. An indicator is a measure of
-- its own name. Small counts are not suppressed: this file holds personal data.
-- grain: a night × area × programme (NULL: an indicator about several) × measure
-- columns: night, area_code, programme, measure, value, run_id
-- from: changes.earlier_history, mart.indicator, mart.indicator_area, mart.statistic, run.context
SELECT night, area_code, programme, measure, value, run_id
FROM changes.earlier_history
UNION ALL
SELECT c.as_of AS night, s.area_code, s.programme, s.measure, s.value, c.run_id
FROM mart.statistic AS s
CROSS JOIN run.context AS c
UNION ALL
SELECT c.as_of AS night, c.region_code AS area_code, i.programme, i.indicator AS measure, i.value, c.run_id
FROM mart.indicator AS i
CROSS JOIN run.context AS c
UNION ALL
SELECT c.as_of AS night, a.area_code, i.programme, a.indicator AS measure, a.value, c.run_id
FROM mart.indicator_area AS a
INNER JOIN mart.indicator AS i ON i.indicator = a.indicator
CROSS JOIN run.context AS c
