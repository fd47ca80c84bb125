-- facts.visit: the last visit not after the as-of date. One row: a visited person. A visit under review counts only where no
-- clear one does: an elder visited once too often is the smaller harm. From intake.visit_log, facts.link, run.context.
SELECT
    l.person_key,
    coalesce(max(v.visited_on) FILTER (WHERE l.grade_rank < 4), max(v.visited_on)) AS last_visit_on,
    min(l.grade_rank) AS grade_rank
FROM intake.visit_log AS v
INNER JOIN facts.link AS l ON l.extract = 'visit_log' AND l.row_number = v.row_number
CROSS JOIN run.context AS c
WHERE v.visited_on <= c.as_of
GROUP BY l.person_key
