-- facts.reported: who is reported dead or moved away by those who went there, and is not known to be so: nobody is
-- dead or gone by it, but nothing is granted, altered or done before it is looked into. kind: `dead` or `moved`, the
-- death where both are reported; reported_on, source (the extract). An answer 已去世 or 已迁出 holds for 90 days, and ends
-- with a later 同意, 不同意, 属实 or 已服务 of any programme; 属实 about a death confirms it and ends nothing. A visit whose
-- result reports the visited person's death holds until a later one meets the person, or such an answer. The
-- answer of those who keep the register that their record is right (记录无误, to the question that the report raised)
-- ends it, too, where it is not older.
-- grain: a person
-- columns: person_key, kind, reported_on, source
-- from: facts.death, facts.link, facts.outcome, facts.visit_result, identity.known_id, intake.visit_log, run.context,
--   run.question_answer
WITH alive_on AS (
    SELECT person_key, max(contacted_on) AS alive_on
    FROM facts.outcome
    WHERE
        grade_rank < 4
        AND (
            result IN ('同意', '不同意', '已服务')
            OR (result = '属实' AND NOT coalesce(regexp_matches(about, 'dead|death'), FALSE))
        )
    GROUP BY person_key
),

dead_visit AS (
    SELECT l.person_key, v.visited_on
    FROM intake.visit_log AS v
    INNER JOIN facts.visit_result AS t ON t.result = v.result
    INNER JOIN facts.link AS l ON l.extract = 'visit_log' AND l.row_number = v.row_number
    CROSS JOIN run.context AS c
    WHERE
        t.reports_death
        AND v.visited_on <= c.as_of
        AND l.grade_rank < 4
),

met AS (
    SELECT l.person_key, max(v.visited_on) AS met_on
    FROM (SELECT DISTINCT person_key FROM dead_visit) AS d
    INNER JOIN facts.link AS l ON l.person_key = d.person_key AND l.extract = 'visit_log' AND l.grade_rank < 4
    INNER JOIN intake.visit_log AS v ON v.row_number = l.row_number
    LEFT JOIN facts.visit_result AS t ON t.result = v.result
    CROSS JOIN run.context AS c
    WHERE
        v.visited_on <= c.as_of
        AND coalesce(t.met, TRUE)
    GROUP BY l.person_key
),

refuted AS (
    SELECT
        k.person_key,
        CASE q.kind WHEN '反映去世' THEN 'dead' ELSE 'moved' END AS kind,
        max(q.answered_on) AS answered_on
    FROM run.question_answer AS q
    INNER JOIN identity.known_id AS k ON k.person_id = q.person_id
    WHERE
        q.answer_word = '记录无误'
        AND q.kind IN ('反映去世', '反映迁出')
        AND q.extract = 'household_register'
    GROUP BY k.person_key, q.kind
),

report AS (
    SELECT
        o.person_key,
        CASE o.result WHEN '已去世' THEN 'dead' ELSE 'moved' END AS kind,
        o.contacted_on AS reported_on,
        'outreach_outcome' AS source
    FROM facts.outcome AS o
    CROSS JOIN run.context AS c
    WHERE o.result IN ('已去世', '已迁出') AND date_diff('day', o.contacted_on, c.as_of) <= 90
    UNION ALL
    SELECT v.person_key, 'dead' AS kind, v.visited_on AS reported_on, 'visit_log' AS source
    FROM dead_visit AS v
    LEFT JOIN met AS m ON m.person_key = v.person_key
    WHERE coalesce(m.met_on <= v.visited_on, TRUE)
)

SELECT r.person_key, r.kind, r.reported_on, r.source
FROM report AS r
LEFT JOIN alive_on AS a ON a.person_key = r.person_key AND a.alive_on > r.reported_on
LEFT JOIN facts.death AS d ON d.person_key = r.person_key
LEFT JOIN refuted AS f
    ON f.person_key = r.person_key AND f.kind = r.kind AND f.answered_on >= r.reported_on
WHERE a.person_key IS NULL AND d.person_key IS NULL AND f.person_key IS NULL
QUALIFY row_number() OVER (PARTITION BY r.person_key ORDER BY r.kind, r.reported_on DESC, r.source) = 1
