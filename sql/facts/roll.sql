-- facts.roll: the linked rows of low-income rolls. is_current: 认定日期 is missing or not after the as-of date, 终止日期
-- missing or not before it. lead: which of several leads (13, 12, 11, 21, 22, 31), 1 the first.
-- grain: a row of hardship_roll
-- columns: person_key, grade_rank, row_number, category, recognised_on, ended_on, is_current, is_over, lead
-- from: facts.link, intake.hardship_roll, run.context
-- materialized: view
SELECT
    l.person_key,
    l.grade_rank,
    h.row_number,
    h.category,
    h.recognised_on,
    h.ended_on,
    coalesce(h.recognised_on <= c.as_of, TRUE) AND coalesce(h.ended_on >= c.as_of, TRUE) AS is_current,
    coalesce(h.ended_on < c.as_of, FALSE) AS is_over,
    CASE h.category WHEN 13 THEN 1 WHEN 12 THEN 2 WHEN 11 THEN 3 WHEN 21 THEN 4 WHEN 22 THEN 5 ELSE 6 END AS lead
FROM intake.hardship_roll AS h
INNER JOIN facts.link AS l ON l.extract = 'hardship_roll' AND l.row_number = h.row_number
CROSS JOIN run.context AS c
