-- How many list lines are not as they were on the published night before, and why; fewer than 5 are suppressed.
-- grain: a programme × change × actions × main cause
-- columns: programme, programme_name, change, action_before, action, cause, compared_with, people
-- from: mart.change
SELECT
    programme,
    programme_name,
    change,
    action_before,
    action,
    cause,
    compared_with,
    count(*) AS people
FROM mart.change
GROUP BY programme, programme_name, change, action_before, action, cause, compared_with
HAVING count(*) >= 5
ORDER BY programme, change, action_before, action, cause
