-- facts.long_term_care: a long-term care benefit in status 发放中.
-- grain: a person who draws it; the best link counts
-- columns: person_key, grade_rank, row_number
-- from: facts.link, intake.long_term_care
SELECT
    l.person_key,
    min(l.grade_rank) AS grade_rank,
    arg_min(t.row_number, l.grade_rank * 10000000000 + t.row_number) AS row_number
FROM intake.long_term_care AS t
INNER JOIN facts.link AS l ON l.extract = 'long_term_care' AND l.row_number = t.row_number
WHERE t.status = 1
GROUP BY l.person_key
