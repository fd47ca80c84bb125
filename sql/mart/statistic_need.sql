-- mart.statistic_need: how much work a place has, by class of need (紧要程度): list lines by action, and the persons to
-- whom they belong. Areas: the whole region (its own 6 digits: everybody), each district (6; where that is the region
-- itself, the region's row is its row, too), each town (9). Only what there is: no row is nobody.
-- columns:
-- from:
-- grain: an area × need_class × measure
-- columns: area_code, need_class, measure, value
-- from: decisions.candidate, facts.person, run.context
WITH line AS (
    SELECT c.person_key, c.need_class, c.action, p.area_code
    FROM decisions.candidate AS c
    INNER JOIN facts.person AS p ON p.person_key = c.person_key
    WHERE c.action IN ('add', 'adjust', 'stop', 'verify', 'recheck', 'due')
),

placed AS (
    SELECT
        CASE WHEN v.digits = 0 THEN x.region_code ELSE substr(l.area_code, 1, v.digits) END AS area_code,
        l.need_class,
        l.action,
        l.person_key
    FROM line AS l
    CROSS JOIN run.context AS x
    CROSS JOIN (VALUES (0), (6), (9)) AS v (digits)
    WHERE
        v.digits = 0
        OR (l.area_code IS NOT NULL AND substr(l.area_code, 1, v.digits) <> x.region_code)
)

SELECT
    area_code,
    need_class,
    CASE WHEN action = 'due' THEN 'due' ELSE 'to_' || action END AS measure,
    CAST(count(*) AS BIGINT) AS value
FROM placed
GROUP BY area_code, need_class, action
UNION ALL
SELECT area_code, need_class, 'people' AS measure, CAST(count(DISTINCT person_key) AS BIGINT) AS value
FROM placed
GROUP BY area_code, need_class
ORDER BY area_code, need_class, measure
