-- facts.health_check: the last yearly check not after the as-of date. One row: a checked person. A check under review counts
-- only where no clear one does. From intake.health_management, facts.link, run.context.
SELECT
    l.person_key,
    coalesce(max(h.managed_on) FILTER (WHERE l.grade_rank < 4), max(h.managed_on)) AS last_health_check_on,
    min(l.grade_rank) AS grade_rank
FROM intake.health_management AS h
INNER JOIN facts.link AS l ON l.extract = 'health_management' AND l.row_number = h.row_number
CROSS JOIN run.context AS c
WHERE h.managed_on <= c.as_of
GROUP BY l.person_key
