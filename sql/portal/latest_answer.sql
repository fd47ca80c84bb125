-- The last answer about a person and a programme that came in since the night; `earlier`: those before it, in words.
-- grain: person × programme
-- columns: person_id, programme, result, contacted_on, handler, earlier
-- from: portal.answer
-- materialized: view
SELECT
    person_id,
    programme,
    max(result) FILTER (WHERE place = 1) AS result,
    max(contacted_on) FILTER (WHERE place = 1) AS contacted_on,
    max(handler) FILTER (WHERE place = 1) AS handler,
    string_agg(
        concat_ws(' ', result, CAST(contacted_on AS VARCHAR), handler), '；' ORDER BY place
    ) FILTER (WHERE place > 1) AS earlier
FROM (
    SELECT
        person_id,
        programme,
        result,
        contacted_on,
        handler,
        row_number() OVER (
            PARTITION BY person_id, programme ORDER BY contacted_on DESC NULLS LAST, lot DESC, result
        ) AS place
    FROM portal.answer
) AS ranked
GROUP BY person_id, programme
