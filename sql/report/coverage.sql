-- How many of the region are entitled to a programme, receive it, and which share that is.
-- grain: a programme
-- columns: programme, eligible, receiving, coverage
-- from: analyst.coverage
SELECT programme, eligible, receiving, coverage
FROM analyst.coverage
WHERE area_code = $code
