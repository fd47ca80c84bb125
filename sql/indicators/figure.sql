-- indicators.figure: every indicator that can be counted, by place. Areas: the whole region (area_code = the region's
-- own 6 digits: everybody, also those without an area code), each district (6 digits; where that is the region itself,
-- the region's row counts for it), town (9), community (12). The region has every of them; a smaller area those in
-- which anybody counts or may count. lowest, highest: what the value can be at least and at most, however the unknown
-- turn out. reached: TRUE or FALSE only where that changes nothing. Where the status is not computed (a standard is not
-- set), numerator, denominator and value would be made of the bad cases alone, and are NULL.
-- grain: an indicator × area
-- columns: indicator, area_code, numerator, denominator, unknown, value, lowest, highest, reached
-- from: indicators.count, indicators.indicator, run.context
WITH placed AS (
    SELECT
        n.measure, n.programme, substr(n.area_code, 1, v.digits) AS area_code,
        n.numerator, n.denominator, n.unknown, n.may_raise, n.may_lower
    FROM indicators.count AS n
    CROSS JOIN (VALUES (6), (9), (12)) AS v (digits)
    CROSS JOIN run.context AS c
    WHERE n.area_code IS NOT NULL AND substr(n.area_code, 1, v.digits) <> c.region_code
    UNION ALL
    SELECT
        n.measure, n.programme, c.region_code AS area_code,
        n.numerator, n.denominator, n.unknown, n.may_raise, n.may_lower
    FROM indicators.count AS n
    CROSS JOIN run.context AS c
),

counted AS (
    SELECT
        i.indicator,
        p.area_code,
        p.numerator, p.denominator, p.unknown, p.may_raise, p.may_lower
    FROM indicators.indicator AS i
    INNER JOIN placed AS p
        ON p.measure = i.measure AND (i.programme IS NULL OR p.programme IS NOT DISTINCT FROM i.programme)
    WHERE i.counted
    UNION ALL
    SELECT i.indicator, c.region_code AS area_code, 0, 0, 0, 0, 0
    FROM indicators.indicator AS i
    CROSS JOIN run.context AS c
    WHERE i.counted
),

summed AS (
    SELECT
        indicator,
        area_code,
        CAST(sum(numerator) AS BIGINT) AS numerator,
        CAST(sum(denominator) AS BIGINT) AS denominator,
        CAST(sum(unknown) AS BIGINT) AS unknown,
        CAST(sum(numerator) + sum(may_raise) AS BIGINT) AS most,
        CAST(sum(denominator) + sum(may_raise) AS BIGINT) AS most_of,
        CAST(sum(denominator) + sum(may_lower) AS BIGINT) AS least_of
    FROM counted
    GROUP BY indicator, area_code
),

bounded AS (
    SELECT
        s.indicator,
        s.area_code,
        CASE WHEN i.status = 'computed' THEN s.numerator END AS numerator,
        CASE WHEN i.status = 'computed' THEN s.denominator END AS denominator,
        s.unknown,
        CASE WHEN i.status = 'computed' AND s.denominator > 0 THEN s.numerator / s.denominator END AS value,
        CASE WHEN s.least_of > 0 THEN s.numerator / s.least_of END AS lowest,
        CASE WHEN s.most_of > 0 THEN s.most / s.most_of END AS highest,
        CASE
            WHEN s.denominator = 0 THEN FALSE
            WHEN i.target_rule = 'at_least' THEN s.numerator >= i.target * s.least_of
            WHEN i.target_rule = 'more_than' THEN s.numerator > i.target * s.least_of
        END AS surely_reached,
        CASE
            WHEN s.denominator = 0 THEN FALSE
            WHEN i.target_rule = 'at_least' THEN s.most < i.target * s.most_of
            WHEN i.target_rule = 'more_than' THEN s.most <= i.target * s.most_of
        END AS surely_missed
    FROM summed AS s
    INNER JOIN indicators.indicator AS i ON i.indicator = s.indicator
)

SELECT
    indicator,
    area_code,
    numerator,
    denominator,
    unknown,
    value,
    lowest,
    highest,
    CASE WHEN surely_reached THEN TRUE WHEN surely_missed THEN FALSE END AS reached
FROM bounded
