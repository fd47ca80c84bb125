-- facts.family_planning: the family-planning category that counts: the smallest code. One row: a supported person.
-- Of rows with the same code a clear link comes before one under review. From intake.family_planning, facts.link.
SELECT
    l.person_key,
    l.grade_rank,
    f.row_number,
    f.category,
    f.recognised_on AS family_planning_since
FROM intake.family_planning AS f
INNER JOIN facts.link AS l ON l.extract = 'family_planning' AND l.row_number = f.row_number
QUALIFY row_number() OVER (
    PARTITION BY l.person_key
    ORDER BY f.category, l.grade_rank = 4, f.recognised_on ASC NULLS LAST, f.row_number
) = 1
