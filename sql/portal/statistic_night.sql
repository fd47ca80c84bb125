-- Who is eligible for and receives $programme in the area $code, night by night; a count of 1 to 4 is left out.
-- grain: a night
-- columns: night, eligible, receiving
-- from: mart.history
SELECT
    night,
    max(value) FILTER (WHERE measure = 'eligible' AND (value = 0 OR value >= 5)) AS eligible,
    max(value) FILTER (WHERE measure = 'receiving' AND (value = 0 OR value >= 5)) AS receiving
FROM mart.history
WHERE area_code = $code AND programme = $programme AND measure IN ('eligible', 'receiving')
GROUP BY night
ORDER BY night
