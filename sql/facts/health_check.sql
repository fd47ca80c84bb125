-- facts.health_check: the last yearly check not after the as-of date. One row: a checked person. Rows under review count, too;
-- the grade is that of the best row of that day. From intake.health_management, facts.link, run.context.
SELECT
    l.person_key,
    h.managed_on AS last_health_check_on,
    l.grade_rank,
    h.row_number
FROM intake.health_management AS h
INNER JOIN facts.link AS l ON l.extract = 'health_management' AND l.row_number = h.row_number
CROSS JOIN run.context AS c
WHERE h.managed_on <= c.as_of
QUALIFY row_number() OVER (PARTITION BY l.person_key ORDER BY h.managed_on DESC, l.grade_rank, h.row_number) = 1
