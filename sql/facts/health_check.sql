-- facts.health_check: the last yearly check not after the as-of date. Rows under review count, too; the grade is that
-- of the best row of that day. A check that the outreach team saw done (已服务) counts as one of its day, where its link
-- is clear. extract, row_number: the row that it rests on; row_number NULL where only the log of answers holds it.
-- grain: a checked person
-- columns: person_key, last_health_check_on, grade_rank, extract, row_number
-- from: facts.link, facts.outcome, intake.health_management, run.context
WITH seen AS (
    SELECT l.person_key, h.managed_on, l.grade_rank, 'health_management' AS extract, h.row_number
    FROM intake.health_management AS h
    INNER JOIN facts.link AS l ON l.extract = 'health_management' AND l.row_number = h.row_number
    CROSS JOIN run.context AS c
    WHERE h.managed_on <= c.as_of
    UNION ALL
    SELECT person_key, contacted_on AS managed_on, grade_rank, 'outreach_outcome' AS extract, row_number
    FROM facts.outcome
    WHERE result = '已服务' AND programme IN ('health_management', 'health_assessment') AND grade_rank < 4
)

SELECT
    person_key,
    managed_on AS last_health_check_on,
    grade_rank,
    extract,
    row_number
FROM seen
QUALIFY row_number() OVER (
    PARTITION BY person_key ORDER BY managed_on DESC, extract = 'outreach_outcome', grade_rank, row_number
) = 1
