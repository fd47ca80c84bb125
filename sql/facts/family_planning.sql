-- facts.family_planning: the family-planning category that counts: the smallest code. Of rows with the same code a
-- clear link comes before one under review; a row whose 认定日期 is after the as-of date does not count yet.
-- grain: a supported person
-- columns: person_key, grade_rank, row_number, category, family_planning_since
-- from: facts.link, intake.family_planning, run.context
SELECT
    l.person_key,
    l.grade_rank,
    f.row_number,
    f.category,
    f.recognised_on AS family_planning_since
FROM intake.family_planning AS f
INNER JOIN facts.link AS l ON l.extract = 'family_planning' AND l.row_number = f.row_number
CROSS JOIN run.context AS c
WHERE f.recognised_on IS NULL OR f.recognised_on <= c.as_of
QUALIFY row_number() OVER (
    PARTITION BY l.person_key
    ORDER BY f.category, l.grade_rank = 4, f.recognised_on ASC NULLS LAST, f.row_number
) = 1
