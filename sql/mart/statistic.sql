-- mart.statistic: counts and sums by place. Areas: the whole region (area_code = the region's own 6 digits: everybody,
-- also those without an area code), each district (6 digits; where that is the region itself, the region's row counts
-- for it), town (9), community (12). The region has every programme; a smaller area those in which anybody counts.
-- Measures: eligible, receiving (persons), to_add, to_adjust, to_stop, to_verify, to_recheck, due (list lines),
-- coverage (share of the eligible who receive it; NULL where nobody is eligible), monthly_amount (sum of the amounts
-- due to the eligible; NULL where none is known). What rests on an undelivered benefit roll is NULL. agreed, refused
-- (persons whose last word within a year it is, by a clear link), waiting (for a place): only where there is anybody.
-- grain: an area × programme × measure
-- columns: area_code, programme, measure, value
-- from: decisions.candidate, decisions.decision, decisions.programme, decisions.receipt, decisions.waiting,
--   facts.delivered, facts.person, facts.receiving, facts.wish, run.context
WITH eligible AS (
    SELECT
        p.area_code,
        d.programme,
        count(*) AS eligible,
        count(r.person_key) AS covered,
        sum(d.amount_monthly) AS monthly_amount
    FROM decisions.decision AS d
    INNER JOIN facts.person AS p ON p.person_key = d.person_key
    LEFT JOIN decisions.receipt AS r
        ON r.person_key = d.person_key AND r.programme = d.programme AND r.is_current
    WHERE d.decision = 'eligible'
    GROUP BY p.area_code, d.programme
),

received AS (
    SELECT p.area_code, r.programme, count(*) AS receiving
    FROM facts.receiving AS r
    INNER JOIN decisions.programme AS g ON g.programme = r.programme
    INNER JOIN facts.person AS p ON p.person_key = r.person_key
    GROUP BY p.area_code, r.programme
),

listed AS (
    SELECT
        p.area_code,
        c.programme,
        count(*) FILTER (WHERE c.action = 'add') AS to_add,
        count(*) FILTER (WHERE c.action = 'adjust') AS to_adjust,
        count(*) FILTER (WHERE c.action = 'stop') AS to_stop,
        count(*) FILTER (WHERE c.action = 'verify') AS to_verify,
        count(*) FILTER (WHERE c.action = 'recheck') AS to_recheck,
        count(*) FILTER (WHERE c.action = 'due') AS due
    FROM decisions.candidate AS c
    INNER JOIN facts.person AS p ON p.person_key = c.person_key
    GROUP BY p.area_code, c.programme
),

word AS (
    SELECT person_key, programme, CASE result WHEN '同意' THEN 'agreed' ELSE 'refused' END AS measure
    FROM facts.wish
    WHERE grade <> 'review'
    UNION ALL
    SELECT person_key, programme, 'waiting' AS measure
    FROM decisions.waiting
),

wished AS (
    SELECT
        CASE WHEN v.digits = 0 THEN c.region_code ELSE substr(p.area_code, 1, v.digits) END AS area_code,
        w.programme,
        w.measure,
        CAST(count(*) AS DOUBLE) AS value
    FROM word AS w
    INNER JOIN decisions.programme AS g ON g.programme = w.programme
    INNER JOIN facts.person AS p ON p.person_key = w.person_key
    CROSS JOIN run.context AS c
    CROSS JOIN (VALUES (0), (6), (9), (12)) AS v (digits)
    WHERE
        v.digits = 0
        OR (p.area_code IS NOT NULL AND substr(p.area_code, 1, v.digits) <> c.region_code)
    GROUP BY 1, 2, 3
),

community AS (
    SELECT
        area_code, programme, eligible, covered, monthly_amount,
        0 AS receiving, 0 AS to_add, 0 AS to_adjust, 0 AS to_stop, 0 AS to_verify, 0 AS to_recheck, 0 AS due
    FROM eligible
    UNION ALL
    SELECT area_code, programme, 0, 0, NULL, receiving, 0, 0, 0, 0, 0, 0
    FROM received
    UNION ALL
    SELECT area_code, programme, 0, 0, NULL, 0, to_add, to_adjust, to_stop, to_verify, to_recheck, due
    FROM listed
    WHERE to_add + to_adjust + to_stop + to_verify + to_recheck + due > 0
),

placed AS (
    SELECT
        substr(m.area_code, 1, v.digits) AS area_code,
        m.programme, m.eligible, m.covered, m.monthly_amount,
        m.receiving, m.to_add, m.to_adjust, m.to_stop, m.to_verify, m.to_recheck, m.due
    FROM community AS m
    CROSS JOIN (VALUES (6), (9), (12)) AS v (digits)
    CROSS JOIN run.context AS c
    WHERE m.area_code IS NOT NULL AND substr(m.area_code, 1, v.digits) <> c.region_code
    UNION ALL
    SELECT
        c.region_code AS area_code,
        m.programme, m.eligible, m.covered, m.monthly_amount,
        m.receiving, m.to_add, m.to_adjust, m.to_stop, m.to_verify, m.to_recheck, m.due
    FROM community AS m
    CROSS JOIN run.context AS c
    UNION ALL
    SELECT c.region_code AS area_code, g.programme, 0, 0, NULL, 0, 0, 0, 0, 0, 0, 0
    FROM decisions.programme AS g
    CROSS JOIN run.context AS c
),

area AS (
    SELECT
        area_code,
        programme,
        sum(eligible) AS eligible,
        sum(covered) AS covered,
        sum(monthly_amount) AS monthly_amount,
        sum(receiving) AS receiving,
        sum(to_add) AS to_add,
        sum(to_adjust) AS to_adjust,
        sum(to_stop) AS to_stop,
        sum(to_verify) AS to_verify,
        sum(to_recheck) AS to_recheck,
        sum(due) AS due
    FROM placed
    GROUP BY area_code, programme
)

SELECT
    a.area_code,
    a.programme,
    m.measure,
    CAST(
        CASE m.measure
            WHEN 'eligible' THEN a.eligible
            WHEN 'receiving' THEN CASE WHEN d.benefit_roll THEN a.receiving END
            WHEN 'to_add' THEN a.to_add
            WHEN 'to_adjust' THEN a.to_adjust
            WHEN 'to_stop' THEN a.to_stop
            WHEN 'to_verify' THEN a.to_verify
            WHEN 'to_recheck' THEN a.to_recheck
            WHEN 'due' THEN a.due
            WHEN 'coverage' THEN CASE WHEN d.benefit_roll AND a.eligible > 0 THEN a.covered / a.eligible END
            WHEN 'monthly_amount' THEN a.monthly_amount
        END AS DOUBLE
    ) AS value
FROM area AS a
CROSS JOIN facts.delivered AS d
CROSS JOIN (
    VALUES
        ('eligible'), ('receiving'), ('to_add'), ('to_adjust'), ('to_stop'), ('to_verify'), ('to_recheck'), ('due'),
        ('coverage'), ('monthly_amount')
) AS m (measure)
UNION ALL
SELECT area_code, programme, measure, value
FROM wished
ORDER BY area_code, programme, measure
