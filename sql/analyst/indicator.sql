-- The targets and duties that the region's document names, for the whole region, and questions answered in time; what
-- people said they want, who waits and what is left to do are not in this file. Counts below five are left out; so is
-- what they would follow from: where one programme's are left out, so are those of all programmes together. Smaller
-- areas are left out altogether, and so are bounds without a value: they would show the few that are surely left out.
-- grain: an indicator
-- columns: indicator, label, target, numerator, denominator, value, status, unit, target_rule, due, reached, unknown,
--   lowest, highest, programme, note, citation
-- from: mart.indicator
WITH own AS (
    SELECT
        *,
        split_part(indicator, '.', 1) AS measure,
        coalesce(
            numerator BETWEEN 1 AND 4 OR denominator BETWEEN 1 AND 4 OR denominator - numerator BETWEEN 1 AND 4, FALSE
        ) AS small_share,
        coalesce(denominator BETWEEN 1 AND 4, FALSE) AS small_group,
        coalesce(unknown BETWEEN 1 AND 4, FALSE) AS small_rest
    FROM mart.indicator
    WHERE NOT working OR indicator = 'questions_in_time'
),

marked AS (
    SELECT
        *,
        CASE WHEN programme IS NULL THEN max(small_share) OVER (PARTITION BY measure) ELSE small_share END AS few,
        CASE
            WHEN programme IS NULL THEN max(small_group) OVER (PARTITION BY measure) ELSE small_group
        END AS few_in_all,
        CASE WHEN programme IS NULL THEN max(small_rest) OVER (PARTITION BY measure) ELSE small_rest END AS few_unknown
    FROM own
)

SELECT
    indicator,
    name AS label,
    target,
    CASE WHEN NOT few THEN numerator END AS numerator,
    CASE WHEN NOT few_in_all THEN denominator END AS denominator,
    CASE WHEN NOT few THEN value END AS value,
    CASE WHEN few THEN 'suppressed' ELSE status END AS status,
    unit,
    target_rule,
    due,
    CASE WHEN NOT few AND numerator IS NOT NULL THEN reached END AS reached,
    CASE WHEN NOT few_unknown THEN unknown END AS unknown,
    CASE WHEN NOT few AND NOT few_unknown AND numerator IS NOT NULL THEN lowest END AS lowest,
    CASE WHEN NOT few AND NOT few_unknown AND numerator IS NOT NULL THEN highest END AS highest,
    programme,
    note,
    citation
FROM marked
ORDER BY indicator
