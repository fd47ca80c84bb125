-- facts.pension_scheme: a scheme a person is in, once. One row: a person × scheme. Of several rows of one scheme a clear link
-- comes before one under review, then the status that settles most (2, 3, 4, 1, 5).
-- From intake.pension_roll, facts.link.
SELECT
    l.person_key,
    l.grade_rank,
    p.scheme,
    p.status
FROM intake.pension_roll AS p
INNER JOIN facts.link AS l ON l.extract = 'pension_roll' AND l.row_number = p.row_number
QUALIFY row_number() OVER (
    PARTITION BY l.person_key, p.scheme
    ORDER BY
        l.grade_rank = 4,
        CASE p.status WHEN 2 THEN 1 WHEN 3 THEN 2 WHEN 4 THEN 3 WHEN 1 THEN 4 ELSE 5 END,
        p.row_number
) = 1
