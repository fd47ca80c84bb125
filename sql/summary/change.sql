-- How many lines are not as they were on the published night before, by main cause.
-- grain: a cause × change
-- columns: cause, change, line_count
-- from: mart.change
SELECT cause, change, count(*) AS line_count
FROM mart.change
GROUP BY cause, change
