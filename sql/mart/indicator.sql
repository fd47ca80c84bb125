-- mart.indicator: the targets that the region's document names. One row: an indicator, computed or saying what is missing.
-- No room makes indicators yet, so nobody is shown a figure: the table stands empty with its columns. From run.context.
SELECT
    CAST(NULL AS VARCHAR) AS indicator,
    CAST(NULL AS DOUBLE) AS target,
    CAST(NULL AS DOUBLE) AS numerator,
    CAST(NULL AS DOUBLE) AS denominator,
    CAST(NULL AS DOUBLE) AS value,
    CAST(NULL AS VARCHAR) AS status
FROM run.context
WHERE run_id IS NULL
