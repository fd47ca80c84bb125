-- What a person's lines are on the latest published night and on the night of the list (`is_listed`, where that is an
-- earlier one).
-- grain: a person × programme × action × rule × night
-- columns: person_id, programme, action, rule, is_listed
-- from: mart.candidate, returns.listed
SELECT person_id, programme, action, rule, FALSE AS is_listed
FROM latest.mart.candidate
UNION
SELECT person_id, programme, action, rule, TRUE AS is_listed
FROM returns.listed
