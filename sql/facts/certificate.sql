-- facts.certificate: the linked disability certificates. is_valid: 证件状态 有效, 发证日期 missing or not after the as-of date,
-- and 有效期至 missing or not before it. is_expired: 有效期至 has passed.
-- grain: a certificate
-- columns: person_key, grade_rank, row_number, category, grade, issued_on, valid_until, is_valid, is_expired
-- from: facts.link, intake.disability_certificate, run.context
-- materialized: view
SELECT
    l.person_key,
    l.grade_rank,
    d.row_number,
    d.category,
    d.grade,
    d.issued_on,
    d.valid_until,
    d.status = 1
    AND coalesce(d.issued_on <= c.as_of, TRUE)
    AND coalesce(d.valid_until >= c.as_of, TRUE) AS is_valid,
    d.valid_until < c.as_of AS is_expired
FROM intake.disability_certificate AS d
INNER JOIN facts.link AS l ON l.extract = 'disability_certificate' AND l.row_number = d.row_number
CROSS JOIN run.context AS c
