-- How many list lines are not as they were on the published night before, and why; fewer than 5 are suppressed.
-- grain: a programme × change × actions × main cause
-- columns: programme, programme_name, change, change_name, action_before, action_before_name, action, action_name,
--   cause, cause_name, compared_with, people
-- from: mart.change, mart.code
SELECT
    counted.programme,
    counted.programme_name,
    counted.change,
    change.name AS change_name,
    counted.action_before,
    before.name AS action_before_name,
    counted.action,
    action.name AS action_name,
    counted.cause,
    cause.name AS cause_name,
    counted.compared_with,
    counted.people
FROM (
    SELECT
        programme, programme_name, change, action_before, action, cause, compared_with,
        count(*) AS people
    FROM mart.change
    GROUP BY programme, programme_name, change, action_before, action, cause, compared_with
    HAVING count(*) >= 5
) AS counted
LEFT JOIN mart.code AS change ON change.column_name = 'change' AND change.code = counted.change
LEFT JOIN mart.code AS before ON before.column_name = 'action' AND before.code = counted.action_before
LEFT JOIN mart.code AS action ON action.column_name = 'action' AND action.code = counted.action
LEFT JOIN mart.code AS cause ON cause.column_name = 'cause' AND cause.code = counted.cause
ORDER BY counted.programme, counted.change, counted.action_before, counted.action, counted.cause
