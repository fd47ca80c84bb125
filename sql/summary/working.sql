-- The figures of the region's own work that have a value tonight; the queue is reported by programme (summary.waiting).
-- grain: a figure
-- columns: name, value, unit, due
-- from: mart.indicator
SELECT
    name,
    value,
    unit,
    due
FROM mart.indicator
WHERE working AND value IS NOT NULL AND indicator <> 'queue_waiting'
ORDER BY indicator
