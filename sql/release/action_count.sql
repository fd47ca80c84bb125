-- How many lines each list has in this night, and how many of them lower an amount.
-- grain: a programme × action that occurs
-- columns: programme, action, people, cuts
-- from: mart.candidate
SELECT
    programme,
    action,
    count(*) AS people,
    count(*) FILTER (WHERE action = 'adjust' AND amount_monthly < current_amount) AS cuts
FROM mart.candidate
GROUP BY programme, action
