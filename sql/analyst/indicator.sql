-- The targets that the region's document names. One row: an indicator. Counts below five are not told, nor what they
-- would follow from. From mart.indicator.
SELECT
    indicator,
    target,
    CASE WHEN small THEN NULL ELSE numerator END AS numerator,
    denominator,
    CASE WHEN small THEN NULL ELSE value END AS value,
    CASE WHEN small THEN 'suppressed' ELSE status END AS status
FROM (
    SELECT
        indicator,
        target,
        numerator,
        CASE WHEN denominator BETWEEN 1 AND 4 THEN NULL ELSE denominator END AS denominator,
        value,
        status,
        coalesce(
            numerator BETWEEN 1 AND 4
            OR denominator BETWEEN 1 AND 4
            OR denominator - numerator BETWEEN 1 AND 4,
            FALSE
        ) AS small
    FROM mart.indicator
) AS marked
ORDER BY indicator
