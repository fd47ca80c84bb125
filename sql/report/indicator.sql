-- The indicators of the document that are about no single programme.
-- grain: an indicator
-- columns: name, value, target, unit, denominator, reached, status
-- from: analyst.indicator
SELECT label AS name, value, target, unit, denominator, reached, status
FROM analyst.indicator
WHERE programme IS NULL
ORDER BY indicator
