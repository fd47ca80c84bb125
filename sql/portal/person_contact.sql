-- What became of contacts with the person $person_id, the last first: those that the night knows and those since.
-- grain: an answer
-- columns: programme, programme_name, result, contacted_on, handler, since
-- from: mart.outcome, mart.programme, portal.answer
SELECT
    a.programme,
    coalesce(p.programme_name, a.programme) AS programme_name,
    a.result,
    a.contacted_on,
    a.handler,
    a.since
FROM (
    SELECT programme, result, contacted_on, handler, FALSE AS since
    FROM mart.outcome
    WHERE person_id = $person_id
    UNION
    SELECT programme, result, contacted_on, handler, TRUE AS since
    FROM portal.answer
    WHERE person_id = $person_id
) AS a
LEFT JOIN mart.programme AS p ON p.programme = a.programme
ORDER BY a.contacted_on DESC NULLS LAST, a.since DESC, a.programme, a.result
