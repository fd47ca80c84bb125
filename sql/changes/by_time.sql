-- changes.by_time: lines that a day's passing changed while the rows are unchanged. The end of a validity, a window of
-- days (changes.fact_cause); a refusal that lapsed after 365 days, or with the week or month of the visit; a report of
-- a death or a move, and a recheck done, that lapsed after 90 days; a ground that ends within 60 days, a payee whom
-- nobody has met for too long; a service that was seen done and of which nothing came in 30 days; the
-- 30 days in which a newly reached entitlement is announced.
-- grain: a line × such a day
-- columns: person_id, programme, cause, place, text
-- from: changes.fact_cause, changes.line, changes.recheck, decisions.programme, facts.outcome, previous.run,
--   run.context
SELECT DISTINCT
    person_id,
    programme,
    'time' AS cause,
    5 AS place,
    text
FROM changes.fact_cause
WHERE cause = 'time'
UNION ALL
SELECT DISTINCT
    l.person_id,
    l.programme,
    'time' AS cause,
    5 AS place,
    CAST(o.contacted_on AS VARCHAR)
    || CASE
        WHEN l.action_before <> 'declined' AND o.result = '已服务' THEN '已服务，30日内仍未收到有关数据'
        WHEN l.rule_before = 'keep:rechecked' THEN '复核属实已满90日'
        WHEN l.action_before <> 'declined' THEN '反映' || o.result || '已满90日'
        WHEN date_diff('day', o.contacted_on, c.as_of) > 365 THEN '的不同意意见已满一年'
        ELSE '的不同意意见只就当期服务而言'
    END AS text
FROM (
    SELECT
        person_id,
        person_key,
        programme,
        coalesce(action_before, '') AS action_before,
        coalesce(rule_before, '') AS rule_before
    FROM changes.line
    WHERE action IS DISTINCT FROM action_before
) AS l
CROSS JOIN previous.run AS e
CROSS JOIN run.context AS c
INNER JOIN decisions.programme AS g ON g.programme = l.programme
INNER JOIN facts.outcome AS o ON o.person_key = l.person_key
WHERE
    (
        l.action_before = 'declined'
        AND o.programme = l.programme
        AND o.result = '不同意'
        AND date_diff('day', o.contacted_on, e.as_of) <= 365
        AND (
            date_diff('day', o.contacted_on, c.as_of) > 365
            OR (o.contacted_on < g.period_began AND e.as_of < g.period_began)
        )
    )
    OR (
        l.rule_before IN ('verify:reported_dead', 'verify:reported_moved')
        AND o.result IN ('已去世', '已迁出')
        AND date_diff('day', o.contacted_on, e.as_of) <= 90
        AND date_diff('day', o.contacted_on, c.as_of) > 90
    )
    OR (
        l.rule_before = 'keep:rechecked'
        AND o.programme = l.programme
        AND o.result = '属实'
        AND date_diff('day', o.contacted_on, e.as_of) <= 90
        AND date_diff('day', o.contacted_on, c.as_of) > 90
    )
    OR (
        l.action_before = ''
        AND g.awaits_extract
        AND o.programme = l.programme
        AND o.result = '已服务'
        AND date_diff('day', o.contacted_on, e.as_of) <= 30
        AND date_diff('day', o.contacted_on, c.as_of) > 30
    )
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'time' AS cause,
    5 AS place,
    CAST(l.effective_before AS VARCHAR) || '达到年龄条件，告知期30日已过' AS text
FROM changes.line AS l
CROSS JOIN run.context AS c
WHERE l.action_before = 'inform' AND l.action IS NULL AND date_diff('day', l.effective_before, c.as_of) > 30
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'time' AS cause,
    5 AS place,
    CASE l.rule
        WHEN 'recheck:expiring' THEN CAST(l.ends_on AS VARCHAR) || '到期，进入到期前60日的复核期'
        ELSE '最近一次见到本人是' || CAST(l.last_sign_of_life_on AS VARCHAR) || '，已超过'
            || CAST(l.life_proof_days AS VARCHAR) || '天'
    END AS text
FROM changes.recheck AS l
CROSS JOIN previous.run AS e
WHERE
    (l.rule = 'recheck:expiring' AND date_diff('day', e.as_of, l.ends_on) > 60)
    OR (
        l.rule = 'recheck:no_sign_of_life'
        AND date_diff('day', l.last_sign_of_life_on, e.as_of) <= l.life_proof_days
    )
