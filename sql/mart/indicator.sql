-- mart.indicator: the targets and duties that the region's document names, for the whole region.
-- grain: an indicator, computed or saying what is missing
-- columns: indicator, name, target, numerator, denominator, value, status, unit, target_rule, due, reached, unknown,
--   lowest, highest, programme, note, citation
-- from: indicators.figure, indicators.indicator, run.context
SELECT
    i.indicator,
    i.name,
    CAST(i.target AS DOUBLE) AS target,
    CAST(f.numerator AS DOUBLE) AS numerator,
    CAST(f.denominator AS DOUBLE) AS denominator,
    f.value,
    CASE
        WHEN i.status <> 'computed' OR f.denominator > 0 THEN i.status
        WHEN f.unknown > 0 THEN '无从计算：分母中没有情况已知的对象'
        ELSE '无从计算：没有属于分母的对象'
    END AS status,
    i.unit,
    i.target_rule,
    i.due,
    f.reached,
    CAST(f.unknown AS DOUBLE) AS unknown,
    f.lowest,
    f.highest,
    i.programme,
    i.note,
    i.citation
FROM indicators.indicator AS i
CROSS JOIN run.context AS c
LEFT JOIN indicators.figure AS f ON f.indicator = i.indicator AND f.area_code = c.region_code
ORDER BY i.position
