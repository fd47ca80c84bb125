-- changes.by_data: lines that other data changed. Facts of conditions that are answered otherwise; receipts; an answer
-- that came to outreach teams since; a pause, an end or a
-- meeting that a recheck hangs on; a row in quarantine; a person who is new or no longer there. Place 9, where
-- nothing else shows it: another day of beginning, another member of the household who has the benefit.
-- grain: a line × what differs
-- columns: person_id, programme, cause, place, text
-- from: changes.by_receipt, changes.fact_cause, changes.line, changes.recheck, changes.subject, changes.title,
--   decisions.programme, facts.outcome, facts.person, facts.reported, previous.run
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
    6 AS place,
    t.title || '：'
    || CASE a.result
        WHEN '同意' THEN '本人于' || CAST(a.contacted_on AS VARCHAR) || '表示同意'
        WHEN '不同意' THEN '本人于' || CAST(a.contacted_on AS VARCHAR) || '表示不同意'
        WHEN '已服务' THEN '已于' || CAST(a.contacted_on AS VARCHAR) || '服务'
        WHEN '属实' THEN CAST(a.contacted_on AS VARCHAR) || '核实属实'
        ELSE CAST(a.contacted_on AS VARCHAR) || '反映本人' || a.result
    END AS text
FROM changes.line AS l
CROSS JOIN previous.run AS e
INNER JOIN changes.title AS t ON t.extract = 'outreach_outcome'
INNER JOIN facts.outcome AS a
    ON a.person_key = l.person_key
    AND a.received_on > e.as_of
    AND a.result NOT IN ('未联系上', '信息有误')
    AND (
        a.programme = l.programme
        OR coalesce(l.rule, '') IN ('verify:reported_dead', 'verify:reported_moved')
        OR coalesce(l.rule_before, '') IN ('verify:reported_dead', 'verify:reported_moved')
    )
WHERE l.action IS DISTINCT FROM l.action_before
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'data' AS cause,
    9 AS place,
    t.title || '：' || CASE WHEN l.action = 'declined' THEN '本人表示不同意' ELSE '不同意意见不再有效' END AS text
FROM changes.line AS l
INNER JOIN changes.title AS t ON t.extract = 'outreach_outcome'
WHERE l.action IS DISTINCT FROM l.action_before AND (l.action = 'declined' OR l.action_before = 'declined')
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'data' AS cause,
    6 AS place,
    t.title || '：' || CAST(r.reported_on AS VARCHAR) || '反映本人已去世' AS text
FROM changes.line AS l
INNER JOIN changes.title AS t ON t.extract = 'visit_log'
INNER JOIN facts.reported AS r ON r.person_key = l.person_key AND r.source = 'visit_log'
WHERE l.rule = 'verify:reported_dead' AND l.rule_before IS DISTINCT FROM l.rule
UNION ALL
SELECT
    person_id,
    programme,
    'data' AS cause,
    9 AS place,
    '已去世或已迁出的反映不再成立' AS text
FROM changes.line
WHERE
    rule_before IN ('verify:reported_dead', 'verify:reported_moved')
    AND coalesce(rule, '') NOT IN ('verify:reported_dead', 'verify:reported_moved')
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'data' AS cause,
    CASE WHEN l.rule LIKE 'recheck:%' THEN 6 ELSE 9 END AS place,
    CASE
        WHEN l.rule = 'recheck:suspended' THEN '已暂停'
        WHEN l.rule = 'recheck:expiring' THEN '将于' || CAST(l.ends_on AS VARCHAR) || '到期（此前的数据中没有）'
        WHEN l.rule = 'recheck:no_sign_of_life' THEN '没有见到本人的记录'
        WHEN l.rule_before = 'recheck:suspended' THEN '不再暂停'
        WHEN l.rule_before = 'recheck:expiring' THEN '到期日有变或已续期'
        ELSE '已见到本人' || coalesce('（' || CAST(l.last_sign_of_life_on AS VARCHAR) || '）', '')
    END AS text
FROM changes.recheck AS l
CROSS JOIN previous.run AS e
WHERE
    (l.rule = 'recheck:suspended' AND l.rule_before <> 'keep:rechecked')
    OR (
        l.rule = 'recheck:expiring'
        AND l.rule_before <> 'keep:rechecked'
        AND date_diff('day', e.as_of, l.ends_on) <= 60
    )
    OR (
        l.rule = 'recheck:no_sign_of_life'
        AND l.rule_before <> 'keep:rechecked'
        AND coalesce(date_diff('day', l.last_sign_of_life_on, e.as_of) > l.life_proof_days, TRUE)
    )
    OR (l.rule_before LIKE 'recheck:%' AND l.rule NOT LIKE 'recheck:%' AND l.rule <> 'keep:rechecked')
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
        WHEN coalesce(rule LIKE '%:quarantined%', FALSE) THEN '可能涉及本人的数据行有误，未能采用'
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
    '起始日期 ' || coalesce(CAST(effective_before AS VARCHAR), '不明')
    || '→' || coalesce(CAST(effective_on AS VARCHAR), '不明') AS text
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
