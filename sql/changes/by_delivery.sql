-- changes.by_delivery: lines that an extract's coming or staying away changed. One row: a line × extract.
-- Facts that rest on it differ and with them what the policy says; or it is the roll of benefits or of refusals, on which the action
-- itself rests. From changes.line, changes.fact_cause, changes.source, changes.extract, changes.title.
SELECT DISTINCT
    d.person_id,
    d.programme,
    'delivery' AS cause,
    3 AS place,
    t.title || CASE WHEN x.delivered THEN '数据恢复送达' ELSE '数据未送达' END AS text
FROM (
    SELECT c.person_id, c.programme, s.extract
    FROM changes.fact_cause AS c
    INNER JOIN changes.source AS s ON s.fact = c.fact
    WHERE c.cause = 'delivery'
    UNION ALL
    SELECT person_id, programme, 'benefit_roll' AS extract
    FROM changes.line
    WHERE action IS DISTINCT FROM action_before
    UNION ALL
    SELECT person_id, programme, 'outreach_outcome' AS extract
    FROM changes.line
    WHERE action IS DISTINCT FROM action_before AND (action = 'declined' OR action_before = 'declined')
) AS d
INNER JOIN changes.extract AS x ON x.extract = d.extract
INNER JOIN changes.title AS t ON t.extract = d.extract
