-- facts.visit: the last visit not after the as-of date at which the person was met. Rows under review count, too; the
-- grade is that of the best row of that day. A visit that the outreach team made (已服务) counts as one of its day,
-- where its link is clear. extract, row_number: the row that it rests on; row_number NULL where only the log of answers
-- holds it.
-- grain: a visited person
-- columns: person_key, last_visit_on, grade_rank, extract, row_number
-- from: facts.link, facts.outcome, facts.visit_result, intake.visit_log, run.context
WITH seen AS (
    SELECT l.person_key, v.visited_on, l.grade_rank, 'visit_log' AS extract, v.row_number
    FROM intake.visit_log AS v
    INNER JOIN facts.link AS l ON l.extract = 'visit_log' AND l.row_number = v.row_number
    LEFT JOIN facts.visit_result AS t ON t.result = v.result
    CROSS JOIN run.context AS c
    WHERE v.visited_on <= c.as_of AND coalesce(t.met, TRUE)
    UNION ALL
    SELECT person_key, contacted_on AS visited_on, grade_rank, 'outreach_outcome' AS extract, row_number
    FROM facts.outcome
    WHERE result = '已服务' AND programme = 'visit' AND grade_rank < 4
)

SELECT
    person_key,
    visited_on AS last_visit_on,
    grade_rank,
    extract,
    row_number
FROM seen
QUALIFY row_number() OVER (
    PARTITION BY person_key ORDER BY visited_on DESC, extract = 'outreach_outcome', grade_rank, row_number
) = 1
