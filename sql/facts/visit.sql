-- facts.visit: the last visit not after the as-of date. One row: a visited person. Rows under review count, too; the grade is that
-- of the best row of that day. From intake.visit_log, facts.link, run.context.
SELECT
    l.person_key,
    v.visited_on AS last_visit_on,
    l.grade_rank,
    v.row_number
FROM intake.visit_log AS v
INNER JOIN facts.link AS l ON l.extract = 'visit_log' AND l.row_number = v.row_number
CROSS JOIN run.context AS c
WHERE v.visited_on <= c.as_of
QUALIFY row_number() OVER (PARTITION BY l.person_key ORDER BY v.visited_on DESC, l.grade_rank, v.row_number) = 1
