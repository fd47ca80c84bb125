-- The targets and duties that the region's document names, for the whole region. One row: an indicator. Counts below five are
-- not told, nor what they would follow from. Smaller areas are left out: they would give back what is hidden. From mart.indicator.
SELECT
    indicator,
    name,
    target,
    CASE WHEN small THEN NULL ELSE numerator END AS numerator,
    CASE WHEN denominator BETWEEN 1 AND 4 THEN NULL ELSE denominator END AS denominator,
    CASE WHEN small THEN NULL ELSE value END AS value,
    CASE WHEN small THEN 'suppressed' ELSE status END AS status,
    unit,
    target_rule,
    due,
    CASE WHEN small THEN NULL ELSE reached END AS reached,
    CASE WHEN few_unknown THEN NULL ELSE unknown END AS unknown,
    CASE WHEN small OR few_unknown THEN NULL ELSE lowest END AS lowest,
    CASE WHEN small OR few_unknown THEN NULL ELSE highest END AS highest,
    programme,
    note,
    citation
FROM (
    SELECT
        *,
        coalesce(
            numerator BETWEEN 1 AND 4
            OR denominator BETWEEN 1 AND 4
            OR denominator - numerator BETWEEN 1 AND 4,
            FALSE
        ) AS small,
        coalesce(unknown BETWEEN 1 AND 4, FALSE) AS few_unknown
    FROM mart.indicator
) AS marked
ORDER BY indicator
