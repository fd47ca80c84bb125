-- How many lines the lists have.
-- grain: a programme × action
-- columns: programme, action, line_count
-- from: mart.candidate
SELECT programme, action, count(*) AS line_count
FROM mart.candidate
GROUP BY programme, action
