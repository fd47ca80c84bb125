-- What is being received of the region's programmes, whatever it counts by. is_current: being received as of today, not
-- only done once. A work that was done so long ago that it is offered again is not received. Of some programmes a payee
-- of the same 户号 counts as the person's own receipt.
-- grain: a person and a programme
-- columns: person_key, programme, amount, start_month, last_paid_month, grade, is_current
-- from: decisions.programme, facts.grade, facts.person, facts.receiving, facts.served
SELECT
    r.person_key,
    r.programme,
    r.amount,
    r.start_month,
    r.last_paid_month,
    r.grade,
    TRUE AS is_current
FROM facts.receiving AS r
INNER JOIN decisions.programme AS d ON d.programme = r.programme
LEFT JOIN facts.served AS s ON s.person_key = r.person_key AND s.programme = r.programme AND d.one_off
WHERE NOT coalesce(s.served_on < d.renewed_before, FALSE)
UNION ALL
SELECT
    p.person_key,
    d.programme,
    CAST(NULL AS DECIMAL(12, 2)) AS amount,
    CAST(NULL AS DATE) AS start_month,
    CAST(NULL AS DATE) AS last_paid_month,
    coalesce(g.grade, 'exact') AS grade,
    TRUE AS is_current
FROM facts.person AS p
INNER JOIN decisions.programme AS d ON d.received_fact = 'long_term_care'
LEFT JOIN facts.grade AS g ON g.person_key = p.person_key AND g.extract = 'long_term_care'
LEFT JOIN facts.receiving AS r ON r.person_key = p.person_key AND r.programme = d.programme
WHERE p.long_term_care AND r.person_key IS NULL
UNION ALL
SELECT
    s.person_key,
    s.programme,
    CAST(NULL AS DECIMAL(12, 2)) AS amount,
    CAST(NULL AS DATE) AS start_month,
    CAST(NULL AS DATE) AS last_paid_month,
    s.grade,
    FALSE AS is_current
FROM facts.served AS s
INNER JOIN decisions.programme AS d ON d.programme = s.programme
LEFT JOIN facts.receiving AS r ON r.person_key = s.person_key AND r.programme = s.programme
WHERE d.one_off AND r.person_key IS NULL AND NOT coalesce(s.served_on < d.renewed_before, FALSE)
UNION ALL
SELECT
    p.person_key,
    r.programme,
    CAST(NULL AS DECIMAL(12, 2)) AS amount,
    CAST(NULL AS DATE) AS start_month,
    CAST(NULL AS DATE) AS last_paid_month,
    CASE
        WHEN bool_or(r.grade = 'exact') THEN 'exact'
        WHEN bool_or(r.grade = 'strong') THEN 'strong'
        WHEN bool_or(r.grade = 'new') THEN 'new'
        ELSE 'review'
    END AS grade,
    TRUE AS is_current
FROM facts.receiving AS r
INNER JOIN decisions.programme AS d ON d.programme = r.programme
INNER JOIN facts.person AS m ON m.person_key = r.person_key
INNER JOIN facts.person AS p ON p.household_id = m.household_id AND p.person_key <> m.person_key
LEFT JOIN facts.receiving AS w ON w.person_key = p.person_key AND w.programme = r.programme
WHERE d.household_receipt AND w.person_key IS NULL
GROUP BY p.person_key, r.programme
