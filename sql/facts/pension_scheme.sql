-- facts.pension_scheme: a scheme a person is in, once. Of several rows of one scheme the one that leaves a pension to
-- be claimed counts (3, 1, 4, then 2, 5): an offer too many is the smaller harm; then the clear link.
-- grain: a person × scheme
-- columns: person_key, grade_rank, scheme, status, row_number
-- from: facts.link, intake.pension_roll
-- materialized: view
SELECT
    l.person_key,
    l.grade_rank,
    p.scheme,
    p.status,
    p.row_number
FROM intake.pension_roll AS p
INNER JOIN facts.link AS l ON l.extract = 'pension_roll' AND l.row_number = p.row_number
QUALIFY row_number() OVER (
    PARTITION BY l.person_key, p.scheme
    ORDER BY
        CASE p.status WHEN 3 THEN 1 WHEN 1 THEN 2 WHEN 4 THEN 3 WHEN 2 THEN 4 ELSE 5 END,
        l.grade_rank,
        p.row_number
) = 1
