-- The region's figures of a night, but for those that the analyst's file does not show.
-- grain: a measure × programme
-- columns: measure, programme, value
-- from: analyst.statistic
SELECT measure, programme, value
FROM analyst.statistic
WHERE area_code = $code AND NOT suppressed
