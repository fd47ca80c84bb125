-- What officers have to verify and to do, by town and class of need; towns with most to do first.
-- grain: a town and a class of need
-- columns: town, need_class, to_verify, due
-- from: mart.area, mart.statistic_need
WITH counted AS (
    SELECT
        coalesce(a.name, n.area_code) AS town,
        n.area_code,
        n.need_class,
        coalesce(CAST(sum(n.value) FILTER (n.measure = 'to_verify') AS BIGINT), 0) AS to_verify,
        coalesce(CAST(sum(n.value) FILTER (n.measure = 'due') AS BIGINT), 0) AS due
    FROM mart.statistic_need AS n
    LEFT JOIN mart.area AS a ON a.area_code = n.area_code
    WHERE length(n.area_code) = 9
    GROUP BY coalesce(a.name, n.area_code), n.area_code, n.need_class
)

SELECT
    town,
    need_class,
    to_verify,
    due
FROM counted
ORDER BY sum(to_verify + due) OVER (PARTITION BY area_code) DESC, area_code, need_class
