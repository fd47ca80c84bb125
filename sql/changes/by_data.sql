-- changes.by_data: lines that other data changed. One row: a line × what differs.
-- Facts of conditions that are answered otherwise; receipts; a refusal; a row in quarantine; a person who is new or no longer there. Place 9, where nothing
-- else tells: another day of beginning, another member of the household who has the benefit.
-- From changes.line, changes.fact_cause, changes.by_receipt, changes.subject, changes.title, changes.extract, facts.person,
-- facts.declined, decisions.programme.
SELECT DISTINCT
    person_id,
    programme,
    'data' AS cause,
    6 AS place,
    text
FROM changes.fact_cause
WHERE cause = 'data'
UNION ALL
SELECT person_id, programme, cause, place, text
FROM changes.by_receipt
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'data' AS cause,
    CASE WHEN l.action = 'declined' THEN 6 ELSE 9 END AS place,
    t.title || '：'
    || CASE
        WHEN l.action = 'declined' THEN '本人' || coalesce('于' || CAST(n.declined_on AS VARCHAR), '') || '表示不同意'
        ELSE '不同意意见不再有效'
    END AS text
FROM changes.line AS l
INNER JOIN changes.title AS t ON t.extract = 'outreach_outcome'
LEFT JOIN changes.extract AS f ON f.extract = 'outreach_outcome'
LEFT JOIN facts.declined AS n ON n.person_key = l.person_key AND n.programme = l.programme
WHERE
    f.extract IS NULL
    AND l.action IS DISTINCT FROM l.action_before
    AND (l.action = 'declined' OR l.action_before = 'declined')
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'data' AS cause,
    6 AS place,
    CASE
        WHEN s.person_key IS NULL THEN '各部门数据中已无此人'
        WHEN n.in_register THEN '户籍人口新出现的人员'
        ELSE '户籍人口之外新出现的人员'
    END AS text
FROM changes.line AS l
INNER JOIN changes.subject AS s ON s.person_id = l.person_id
LEFT JOIN facts.person AS n ON n.person_key = s.person_key
WHERE s.person_key IS NULL OR s.person_id_before IS NULL
UNION ALL
SELECT
    person_id,
    programme,
    'data' AS cause,
    6 AS place,
    CASE
        WHEN coalesce(rule LIKE '%:quarantined%', FALSE) THEN '可能涉及本人的数据行内容不全，未能采用'
        ELSE '此前未能采用的数据行不再涉及本人'
    END AS text
FROM changes.line
WHERE coalesce(rule LIKE '%:quarantined%', FALSE) <> coalesce(rule_before LIKE '%:quarantined%', FALSE)
UNION ALL
SELECT
    person_id,
    programme,
    'data' AS cause,
    9 AS place,
    '起始日期 ' || coalesce(CAST(effective_before AS VARCHAR), '不明') || '→' || coalesce(CAST(effective_on AS VARCHAR), '不明') AS text
FROM changes.line
WHERE action = action_before AND amount IS NOT DISTINCT FROM amount_before
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'data' AS cause,
    9 AS place,
    '同户其他成员的情况变化（每户一份）' AS text
FROM changes.line AS l
INNER JOIN decisions.programme AS g ON g.programme = l.programme
WHERE g.household AND l.action IS DISTINCT FROM l.action_before
