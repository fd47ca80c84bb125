-- changes.by_delivery: lines that an extract's coming or staying away changed. Facts that rest on it differ and with
-- them the policy's decision; or it is the roll of benefits, on which the action itself rests. Answers of outreach
-- teams are remembered: that none came changes nothing.
-- grain: a line × extract
-- columns: person_id, programme, cause, place, text
-- from: changes.extract, changes.fact_cause, changes.line, changes.source, changes.title
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
) AS d
INNER JOIN changes.extract AS x ON x.extract = d.extract
INNER JOIN changes.title AS t ON t.extract = d.extract
