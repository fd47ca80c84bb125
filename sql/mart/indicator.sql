-- mart.indicator: the targets that the region's document names. One row: an indicator, computed or saying what is missing.
-- From decisions.indicator.
SELECT
    indicator,
    target,
    numerator,
    denominator,
    value,
    status
FROM decisions.indicator
