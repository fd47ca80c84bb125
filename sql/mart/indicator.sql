-- mart.indicator: the targets and duties that the region's document names, for the whole region; besides, figures of
-- our own work (working): wishes, queue, visits left, rechecks, and, as soon as one is due or closed, how many
-- questions to departments were answered or settled by their day.
-- grain: an indicator, computed or with what is missing
-- columns: indicator, name, target, numerator, denominator, value, status, unit, target_rule, due, reached, unknown,
--   lowest, highest, programme, note, citation, working
-- from: corrections.question, indicators.figure, indicators.indicator, indicators.working, run.context
SELECT
    i.indicator,
    i.name,
    CAST(i.target AS DOUBLE) AS target,
    CAST(f.numerator AS DOUBLE) AS numerator,
    CAST(f.denominator AS DOUBLE) AS denominator,
    f.value,
    CASE
        WHEN i.status <> 'computed' OR f.denominator > 0 THEN i.status
        WHEN f.unknown > 0 THEN '无从计算：分母中没有情况已知的对象'
        ELSE '无从计算：没有属于分母的对象'
    END AS status,
    i.unit,
    i.target_rule,
    i.due,
    f.reached,
    CAST(f.unknown AS DOUBLE) AS unknown,
    f.lowest,
    f.highest,
    i.programme,
    i.note,
    i.citation,
    FALSE AS working
FROM indicators.indicator AS i
CROSS JOIN run.context AS c
LEFT JOIN indicators.figure AS f ON f.indicator = i.indicator AND f.area_code = c.region_code
UNION ALL
SELECT
    w.indicator,
    w.name,
    CAST(NULL AS DOUBLE) AS target,
    CAST(w.numerator AS DOUBLE) AS numerator,
    CAST(w.denominator AS DOUBLE) AS denominator,
    w.value,
    w.status,
    w.unit,
    CAST(NULL AS VARCHAR) AS target_rule,
    w.due,
    CAST(NULL AS BOOLEAN) AS reached,
    CAST(0 AS DOUBLE) AS unknown,
    CAST(NULL AS DOUBLE) AS lowest,
    CAST(NULL AS DOUBLE) AS highest,
    w.programme,
    w.note,
    '工作指标：文件没有定目标' AS citation,
    TRUE AS working
FROM indicators.working AS w
UNION ALL
SELECT
    'questions_in_time' AS indicator,
    '核对问题按期答复率' AS name,
    CAST(NULL AS DOUBLE) AS target,
    CAST(sum(CASE WHEN coalesce(q.answered_on, q.closed_on) <= q.due_by THEN 1 ELSE 0 END) AS DOUBLE) AS numerator,
    CAST(count(*) AS DOUBLE) AS denominator,
    CAST(sum(CASE WHEN coalesce(q.answered_on, q.closed_on) <= q.due_by THEN 1 ELSE 0 END) AS DOUBLE) / count(*)
        AS value,
    'computed' AS status,
    'share' AS unit,
    CAST(NULL AS VARCHAR) AS target_rule,
    CAST(NULL AS DATE) AS due,
    CAST(NULL AS BOOLEAN) AS reached,
    CAST(0 AS DOUBLE) AS unknown,
    CAST(NULL AS DOUBLE) AS lowest,
    CAST(NULL AS DOUBLE) AS highest,
    CAST(NULL AS VARCHAR) AS programme,
    '到期或已答复、已解决的核对问题中，在答复期限内答复或解决的比例' AS note,
    '工作指标：部门数据核对，文件没有定目标' AS citation,
    TRUE AS working
FROM corrections.question AS q
CROSS JOIN run.context AS c
WHERE q.status <> 'withdrawn' AND (q.status <> 'open' OR q.due_by < c.as_of)
HAVING count(*) > 0
