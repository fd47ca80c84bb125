-- Why people are stopped or cut tonight who were not on the published night before.
-- grain: a programme × kind (stop, cut) × main cause
-- columns: programme, kind, cause, people
-- from: mart.candidate, mart.change
SELECT
    c.programme,
    CASE WHEN c.action = 'stop' THEN 'stop' ELSE 'cut' END AS kind,
    d.cause,
    count(*) AS people
FROM mart.candidate AS c
INNER JOIN mart.change AS d ON d.person_id = c.person_id AND d.programme = c.programme
WHERE
    c.action = 'stop' AND d.action_before IS DISTINCT FROM 'stop'
    OR c.action = 'adjust' AND c.amount_monthly < c.current_amount
GROUP BY c.programme, CASE WHEN c.action = 'stop' THEN 'stop' ELSE 'cut' END, d.cause
