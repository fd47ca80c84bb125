-- What is being received although it does not hold.
-- One row: a person and a programme. From decisions.receipt, decisions.evaluated.
SELECT
    r.person_key,
    r.programme,
    e.pattern
FROM decisions.receipt AS r
INNER JOIN decisions.evaluated AS e ON e.person_key = r.person_key AND e.programme = r.programme
WHERE e.verdict = FALSE
