-- changes.cause_evidence: everything that supports a cause of a change. place: the order of causes (changes.cause)
-- grain: a line × cause × text
-- columns: person_id, programme, cause, place, text
-- from: changes.by_birthday, changes.by_data, changes.by_delivery, changes.by_identity, changes.by_policy,
--   changes.by_time, changes.fact_cause, changes.line
SELECT person_id, programme, cause, place, text FROM changes.by_identity
UNION ALL
SELECT DISTINCT person_id, programme, 'identity' AS cause, 1 AS place, '身份核对更正后' || text AS text
FROM changes.fact_cause
WHERE cause = 'identity'
UNION ALL
SELECT person_id, programme, cause, place, text FROM changes.by_policy
UNION ALL
SELECT person_id, programme, cause, place, text FROM changes.by_delivery
UNION ALL
SELECT person_id, programme, cause, place, text FROM changes.by_birthday
UNION ALL
SELECT person_id, programme, cause, place, text FROM changes.by_time
UNION ALL
SELECT person_id, programme, cause, place, text FROM changes.by_data
UNION ALL
SELECT person_id, programme, 'other' AS cause, 10 AS place, '原因未能从数据中辨明' AS text FROM changes.line
