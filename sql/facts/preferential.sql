-- facts.preferential: preferential treatment: the smallest category, and 定期抚恤 of any row (TRUE if one has it, else
-- NULL if one leaves it open, else FALSE). The grade is the weakest of the clear rows where they alone give the same,
-- else the weakest of all.
-- grain: a person with a row
-- columns: person_key, category, periodic_pension, grade_rank, row_number, periodic_row_number
-- from: facts.link, intake.preferential_treatment
WITH scoped AS (
    SELECT
        l.person_key,
        s.scope,
        min(p.category) AS category,
        CASE
            WHEN coalesce(bool_or(p.periodic_pension), FALSE) THEN TRUE
            WHEN count(p.periodic_pension) = count(*) THEN FALSE
        END AS periodic_pension,
        max(l.grade_rank) AS grade_rank,
        arg_min(
            p.row_number, p.category * 1000000000000 + l.grade_rank * 10000000000 + p.row_number
        ) AS row_number,
        min(p.row_number) FILTER (WHERE p.periodic_pension) AS periodic_row_number
    FROM intake.preferential_treatment AS p
    INNER JOIN facts.link AS l ON l.extract = 'preferential_treatment' AND l.row_number = p.row_number
    CROSS JOIN (VALUES ('all'), ('clear')) AS s (scope)
    WHERE s.scope = 'all' OR l.grade_rank < 4
    GROUP BY l.person_key, s.scope
)

SELECT
    a.person_key,
    a.category,
    a.periodic_pension,
    CASE
        WHEN c.category = a.category AND c.periodic_pension IS NOT DISTINCT FROM a.periodic_pension THEN c.grade_rank
        ELSE a.grade_rank
    END AS grade_rank,
    a.row_number,
    a.periodic_row_number
FROM scoped AS a
LEFT JOIN scoped AS c ON c.person_key = a.person_key AND c.scope = 'clear'
WHERE a.scope = 'all'
