-- What is being received of the region's programmes, whatever it counts by.
-- One row: a person and a programme.
-- From the benefit roll (facts.receiving), and from a fact that counts as receiving (the long-term care roll).
SELECT
    r.person_key,
    r.programme,
    r.amount,
    r.start_month,
    r.last_paid_month,
    r.grade
FROM facts.receiving AS r
INNER JOIN decisions.programme AS d ON d.programme = r.programme
UNION ALL
SELECT
    p.person_key,
    d.programme,
    CAST(NULL AS DECIMAL(12, 2)) AS amount,
    CAST(NULL AS DATE) AS start_month,
    CAST(NULL AS DATE) AS last_paid_month,
    coalesce(g.grade, 'exact') AS grade
FROM facts.person AS p
INNER JOIN decisions.programme AS d ON d.received_fact = 'long_term_care'
LEFT JOIN facts.grade AS g ON g.person_key = p.person_key AND g.extract = 'long_term_care'
LEFT JOIN facts.receiving AS r ON r.person_key = p.person_key AND r.programme = d.programme
WHERE p.long_term_care AND r.person_key IS NULL
