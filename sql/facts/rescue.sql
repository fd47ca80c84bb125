-- facts.rescue: a rescue on the as-of date or one of the 180 days before it.
-- grain: a rescued person; the best link counts, rescued_on is the first of the days
-- columns: person_key, grade_rank, row_number, rescued_on
-- from: facts.link, intake.rescue_register, run.context
SELECT
    l.person_key,
    min(l.grade_rank) AS grade_rank,
    arg_min(r.row_number, l.grade_rank * 10000000000 + r.row_number) AS row_number,
    min(r.rescued_on) AS rescued_on
FROM intake.rescue_register AS r
INNER JOIN facts.link AS l ON l.extract = 'rescue_register' AND l.row_number = r.row_number
CROSS JOIN run.context AS c
WHERE date_diff('day', r.rescued_on, c.as_of) BETWEEN 0 AND 180
GROUP BY l.person_key
