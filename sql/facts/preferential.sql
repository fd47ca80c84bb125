-- facts.preferential: preferential treatment: the smallest category, and 定期抚恤 of any row (TRUE if one says so, else NULL if
-- one leaves it open, else FALSE). One row: a person with a row. Rows under review count only where no clear row does.
-- From intake.preferential_treatment, facts.link.
WITH linked AS (
    SELECT
        l.person_key,
        l.grade_rank,
        min(l.grade_rank) OVER (PARTITION BY l.person_key) AS best_rank,
        p.category,
        p.periodic_pension
    FROM intake.preferential_treatment AS p
    INNER JOIN facts.link AS l ON l.extract = 'preferential_treatment' AND l.row_number = p.row_number
)

SELECT
    person_key,
    min(category) AS category,
    CASE
        WHEN coalesce(bool_or(periodic_pension), FALSE) THEN TRUE
        WHEN count(periodic_pension) = count(*) THEN FALSE
    END AS periodic_pension,
    max(grade_rank) AS grade_rank
FROM linked
WHERE grade_rank < 4 OR best_rank = 4
GROUP BY person_key
