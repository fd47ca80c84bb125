-- mart.indicator_area: counted indicators below the region.
-- grain: an indicator × district, town or community in which anybody counts or may count
-- columns: indicator, area_code, numerator, denominator, value, reached, unknown, lowest, highest
-- from: indicators.figure, run.context
SELECT
    f.indicator,
    f.area_code,
    CAST(f.numerator AS DOUBLE) AS numerator,
    CAST(f.denominator AS DOUBLE) AS denominator,
    f.value,
    f.reached,
    CAST(f.unknown AS DOUBLE) AS unknown,
    f.lowest,
    f.highest
FROM indicators.figure AS f
INNER JOIN run.context AS c ON f.area_code <> c.region_code
ORDER BY f.indicator, f.area_code
