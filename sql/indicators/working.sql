-- indicators.working: figures of our own work, which no document names: what people said they want, who waits for a
-- place, which visits are left in the present period, which rechecks are done. A wish is the last 同意 or 不同意 within
-- a year, by a clear link. Who is to be asked: on a list to be offered something that needs consent, or declined it.
-- Figures of what nobody is to be asked or looked at again for are left out.
-- columns:
-- from:
-- grain: a figure
-- columns: indicator, name, numerator, denominator, value, status, unit, due, programme, note
-- from: decisions.candidate, decisions.programme, decisions.queue, decisions.waiting, facts.delivered,
--   facts.last_contact, facts.wish, run.context
WITH asked AS (
    SELECT
        c.person_key,
        coalesce(date_diff('day', k.last_contact_on, x.as_of) <= 365, FALSE) AS is_asked,
        w.person_key IS NOT NULL AS is_answered
    FROM decisions.candidate AS c
    INNER JOIN decisions.programme AS g ON g.programme = c.programme
    CROSS JOIN run.context AS x
    LEFT JOIN facts.last_contact AS k ON k.person_key = c.person_key AND k.programme = c.programme
    LEFT JOIN facts.wish AS w
        ON w.person_key = c.person_key AND w.programme = c.programme AND w.grade <> 'review'
    WHERE g.mode = 'confirm' AND c.action IN ('add', 'declined')
),

consent AS (
    SELECT
        count(*) AS to_ask,
        count(*) FILTER (WHERE is_asked OR is_answered) AS asked,
        count(*) FILTER (WHERE is_answered) AS answered
    FROM asked
),

recorded AS (
    SELECT count(*) AS wishes
    FROM facts.wish AS w
    INNER JOIN decisions.programme AS g ON g.programme = w.programme
    WHERE w.grade <> 'review'
),

queue AS (
    SELECT
        count(DISTINCT q.programme) AS queues,
        count(DISTINCT w.person_key) AS people,
        max(date_diff('day', w.agreed_on, x.as_of)) AS longest
    FROM decisions.queue AS q
    CROSS JOIN run.context AS x
    LEFT JOIN decisions.waiting AS w ON w.programme = q.programme
),

visit AS (
    SELECT g.programme, g.programme_name, g.period_ends, count(c.person_key) AS left_over
    FROM decisions.programme AS g
    LEFT JOIN decisions.candidate AS c
        ON c.programme = g.programme AND c.action = 'due' AND c.due_by IS NOT NULL
    WHERE g.period_began IS NOT NULL
    GROUP BY g.programme, g.programme_name, g.period_ends
),

recheck AS (
    SELECT
        count(*) FILTER (WHERE is_done) AS done,
        count(*) FILTER (WHERE is_done OR action = 'recheck') AS found
    FROM (
        SELECT
            c.action,
            c.action = 'keep'
            AND coalesce(
                k.said = '属实'
                AND (c.rule = 'keep:rechecked' OR k.about LIKE 'recheck:%')
                AND date_diff('day', k.said_on, x.as_of) <= 90,
                FALSE
            ) AS is_done
        FROM decisions.candidate AS c
        CROSS JOIN run.context AS x
        LEFT JOIN facts.last_contact AS k ON k.person_key = c.person_key AND k.programme = c.programme
        WHERE c.action IN ('keep', 'recheck')
    ) AS looked_at
),

figure AS (
    SELECT
        'wishes_recorded' AS indicator,
        '已记录的意愿' AS name,
        r.wishes AS numerator,
        CAST(NULL AS BIGINT) AS denominator,
        CAST(r.wishes AS DOUBLE) AS value,
        '人次' AS unit,
        CAST(NULL AS DATE) AS due,
        CAST(NULL AS VARCHAR) AS programme,
        '一年内最近一次答复是同意或不同意的，按人和项目计' AS note,
        CAST(NULL AS VARCHAR) AS missing
    FROM recorded AS r
    CROSS JOIN consent AS c
    WHERE r.wishes + c.to_ask > 0
    UNION ALL
    SELECT
        'wishes_asked', '征询意愿率', c.asked, c.to_ask, CAST(c.asked AS DOUBLE) / nullif(c.to_ask, 0), 'share', NULL, NULL,
        '需本人同意的项目，名单上应征询的人次中，一年内联系过的（未联系上的也算）',
        NULL
    FROM consent AS c
    WHERE c.to_ask > 0
    UNION ALL
    SELECT
        'wishes_answered', '意愿答复率', c.answered, c.asked, CAST(c.answered AS DOUBLE) / nullif(c.asked, 0), 'share',
        NULL, NULL,
        '需本人同意的项目，一年内联系过的人次中，答复同意或不同意的',
        CASE WHEN c.asked = 0 THEN '没有联系过的对象' END
    FROM consent AS c
    WHERE c.to_ask > 0
    UNION ALL
    SELECT
        'queue_waiting', '公办养老机构轮候人数', q.people, NULL, CAST(q.people AS DOUBLE), '人', NULL, NULL,
        '已同意、符合条件、尚未入住的，每人计一次', NULL
    FROM queue AS q
    WHERE q.queues > 0
    UNION ALL
    SELECT
        'queue_longest', '公办养老机构轮候最久的天数', q.longest, NULL, CAST(q.longest AS DOUBLE), '天', NULL, NULL,
        '自同意之日起', CASE WHEN q.people = 0 THEN '没有人轮候' END
    FROM queue AS q
    WHERE q.queues > 0
    UNION ALL
    SELECT
        v.programme || '_left',
        v.programme_name || '：本周期尚待上门人数',
        CASE WHEN d.visit_log THEN v.left_over END,
        NULL,
        CASE WHEN d.visit_log THEN CAST(v.left_over AS DOUBLE) END,
        '人',
        v.period_ends,
        v.programme,
        '至本周（或本月）最后一天应上门而尚未上门的；本人表示不同意的不算',
        CASE WHEN NOT d.visit_log THEN '未收到可用的探访记录数据' END
    FROM visit AS v
    CROSS JOIN facts.delivered AS d
    UNION ALL
    SELECT
        'rechecks_done', '复核完成率', r.done, r.found, CAST(r.done AS DOUBLE) / nullif(r.found, 0), 'share', NULL, NULL,
        '应复核的人次中，90天内已复核属实的', NULL
    FROM recheck AS r
    WHERE r.found > 0
)

SELECT
    indicator,
    name,
    numerator,
    denominator,
    value,
    CASE WHEN missing IS NULL THEN 'computed' ELSE '无从计算：' || missing END AS status,
    unit,
    due,
    programme,
    note
FROM figure
