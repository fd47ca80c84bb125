-- changes.fact_cause: facts that differ and, with them, the answer of a condition: the cause of each, also in words.
-- An extract that came on one of the nights only explains its facts (delivery); a row that is linked otherwise than
-- before explains those of its extract (identity); a day that passed (the end of a validity, a window of days, the turn
-- of the year) while the rows are unchanged (time); else the data are other data (data). Age counts only where the
-- birth date is another one; of who died, being no longer registered is no news.
-- grain: a line × fact
-- columns: person_id, programme, fact, cause, text
-- from: changes.examined, changes.extract, changes.fact, changes.label, changes.line, changes.moved, changes.relinked,
--   changes.source, changes.uses, facts.person, previous.run, run.context
WITH moved AS (
    SELECT DISTINCT l.person_id, l.person_key, l.programme, u.fact
    FROM changes.line AS l
    INNER JOIN changes.examined AS x ON x.programme = l.programme
    INNER JOIN changes.moved AS m ON m.person_id = l.person_id AND m.programme = x.examined AND m.step = 'data'
    INNER JOIN changes.uses AS u ON u.programme = m.programme AND u.condition = m.condition
),

differing AS (
    SELECT
        m.person_id,
        m.person_key,
        m.programme,
        f.fact,
        f.before,
        f.after,
        s.shown,
        s.title,
        bool_or(x.extract IS NOT NULL) AS flipped,
        bool_or(r.extract IS NOT NULL) AS relinked
    FROM moved AS m
    INNER JOIN changes.fact AS f ON f.person_id = m.person_id AND f.fact = m.fact
    INNER JOIN changes.source AS s ON s.fact = f.fact
    LEFT JOIN changes.extract AS x ON x.extract = s.extract
    LEFT JOIN changes.relinked AS r ON r.person_id = m.person_id AND r.extract = s.extract
    LEFT JOIN changes.fact AS b ON b.person_id = m.person_id AND b.fact = 'birth_date'
    LEFT JOIN changes.fact AS a ON a.person_id = m.person_id AND a.fact = 'alive'
    WHERE
        (f.fact NOT IN ('age', 'employee_age_reached') OR b.fact IS NOT NULL)
        AND NOT (f.fact = 'registered' AND a.fact IS NOT NULL)
    GROUP BY m.person_id, m.person_key, m.programme, f.fact, f.before, f.after, s.shown, s.title
),

passed AS (
    SELECT
        d.person_id,
        d.person_key,
        d.programme,
        d.fact,
        d.before,
        d.after,
        d.shown,
        d.title,
        d.flipped,
        d.relinked,
        CASE
            WHEN
                d.shown = 'disability_grade' AND coalesce(d.after, '') IN ('false', 'none')
                AND n.certificate_ended_on >= e.as_of
                THEN '残疾人证有效期止于' || CAST(n.certificate_ended_on AS VARCHAR)
            WHEN
                d.shown = 'ability_level' AND coalesce(d.after, 'false') = 'false' AND n.ability_level IS NULL
                AND n.ability_ended_on >= e.as_of
                THEN '能力评估有效期止于' || CAST(n.ability_ended_on AS VARCHAR)
            WHEN
                d.fact = 'health_checked_this_year' AND d.after = 'false'
                AND year(e.as_of) < year(c.as_of) AND h.fact IS NULL
                THEN '进入新年度，本年度尚未健康管理'
            WHEN d.fact = 'visited_this_week' AND d.after = 'false' AND v.fact IS NULL AND n.last_visit_on IS NOT NULL
                THEN '进入新的一周，本周尚未探访'
            WHEN d.fact = 'visited_this_month' AND d.after = 'false' AND v.fact IS NULL AND n.last_visit_on IS NOT NULL
                THEN '进入新的月份，本月尚未探访'
            WHEN d.fact = 'rescued' AND d.after = 'false' THEN '受救助已满180日'
            WHEN d.fact = 'days_since_visit' AND v.fact IS NULL AND d.before IS NOT NULL AND d.after IS NOT NULL
                THEN '距上次探访（' || CAST(n.last_visit_on AS VARCHAR) || '）已满规定天数'
        END AS day_text
    FROM differing AS d
    CROSS JOIN previous.run AS e
    CROSS JOIN run.context AS c
    INNER JOIN facts.person AS n ON n.person_key = d.person_key
    LEFT JOIN changes.fact AS v ON v.person_id = d.person_id AND v.fact = 'last_visit_on'
    LEFT JOIN changes.fact AS h ON h.person_id = d.person_id AND h.fact = 'last_health_check_on'
)

SELECT
    p.person_id,
    p.programme,
    p.fact,
    CASE
        WHEN p.flipped THEN 'delivery'
        WHEN p.relinked THEN 'identity'
        WHEN p.day_text IS NOT NULL THEN 'time'
        ELSE 'data'
    END AS cause,
    CASE
        WHEN p.day_text IS NOT NULL AND NOT p.flipped AND NOT p.relinked THEN p.day_text
        WHEN p.fact = 'alive' AND p.after = 'false'
            THEN p.title || '：已去世' || coalesce('（' || CAST(n.died_on AS VARCHAR) || '）', '')
        ELSE
            p.title || '：' || t.label || ' '
            || coalesce(lb.label, CASE WHEN o.fact IS NULL THEN p.before ELSE o.before END, '未知') || '→'
            || coalesce(la.label, CASE WHEN o.fact IS NULL THEN p.after ELSE o.after END, '未知')
    END AS text
FROM passed AS p
INNER JOIN facts.person AS n ON n.person_key = p.person_key
LEFT JOIN changes.fact AS o ON o.person_id = p.person_id AND o.fact = p.shown
INNER JOIN changes.label AS t ON t.fact = CASE WHEN o.fact IS NULL THEN p.fact ELSE p.shown END AND t.value IS NULL
LEFT JOIN changes.label AS lb
    ON lb.fact = t.fact AND lb.value = CASE WHEN o.fact IS NULL THEN p.before ELSE o.before END
LEFT JOIN changes.label AS la
    ON la.fact = t.fact AND la.value = CASE WHEN o.fact IS NULL THEN p.after ELSE o.after END
