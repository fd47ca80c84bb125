-- The indicators of the region, as the analyst's file has them: protected where they are small.
-- grain: an indicator
-- columns: indicator, label, value, unit, target, reached, status, due, note, citation
-- from: analyst.indicator
SELECT indicator, label, value, unit, target, reached, status, due, note, citation
FROM analyst.indicator
ORDER BY status <> 'computed', indicator
