-- The last answer about a person and a programme that came in since the night.
-- grain: person × programme
-- columns: person_id, programme, result, contacted_on, handler
-- from: portal.answer
-- materialized: view
SELECT person_id, programme, result, contacted_on, handler
FROM portal.answer
QUALIFY row_number() OVER (
    PARTITION BY person_id, programme ORDER BY contacted_on DESC NULLS LAST, lot DESC, result
) = 1
