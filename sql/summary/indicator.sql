-- How many of the document's indicators have a value, and how many of these meet their target or miss it.
-- grain: one row in all
-- columns: named, computed, reached, missed
-- from: mart.indicator
SELECT
    count(*) AS named,
    count(value) AS computed,
    count(*) FILTER (reached) AS reached,
    count(*) FILTER (NOT reached) AS missed
FROM mart.indicator
WHERE programme IS NULL AND NOT working
