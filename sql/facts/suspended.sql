-- facts.suspended: what is paused for a cause that is in no extract. On the benefit roll: a programme in 发放状态 暂停; by a
-- fact that a programme is received by (contracts/facts.py): long-term care insurance in 待遇状态 暂停, a pension in
-- status 4 and neither 1 nor 3 in schemes of its kind. Who has it in another row all the same is not left out here.
-- grain: a person × programme, or × fact
-- columns: person_key, programme, fact, grade
-- from: facts.grade, facts.link, facts.pension, intake.benefit_roll, intake.long_term_care
SELECT
    person_key,
    programme,
    CAST(NULL AS VARCHAR) AS fact,
    CASE min(grade_rank) WHEN 1 THEN 'exact' WHEN 2 THEN 'strong' WHEN 3 THEN 'new' ELSE 'review' END AS grade
FROM (
    SELECT l.person_key, b.programme, l.grade_rank
    FROM intake.benefit_roll AS b
    INNER JOIN facts.link AS l ON l.extract = 'benefit_roll' AND l.row_number = b.row_number
    WHERE b.status = 2
) AS roll
GROUP BY person_key, programme
UNION ALL
SELECT
    person_key,
    CAST(NULL AS VARCHAR) AS programme,
    'long_term_care' AS fact,
    CASE min(grade_rank) WHEN 1 THEN 'exact' WHEN 2 THEN 'strong' WHEN 3 THEN 'new' ELSE 'review' END AS grade
FROM (
    SELECT l.person_key, l.grade_rank
    FROM intake.long_term_care AS t
    INNER JOIN facts.link AS l ON l.extract = 'long_term_care' AND l.row_number = t.row_number
    WHERE t.status = 2
) AS insured
GROUP BY person_key
UNION ALL
SELECT
    n.person_key,
    CAST(NULL AS VARCHAR) AS programme,
    f.fact,
    coalesce(g.grade, 'exact') AS grade
FROM facts.pension AS n
INNER JOIN (VALUES ('employee_pension_open'), ('resident_pension_open')) AS f (fact)
    ON CASE f.fact WHEN 'employee_pension_open' THEN n.employee_pension_open ELSE n.resident_pension_open END IS NULL
LEFT JOIN facts.grade AS g ON g.person_key = n.person_key AND g.extract = 'pension_roll'
