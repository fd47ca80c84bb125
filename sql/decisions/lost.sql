-- What is being received although it does not hold.
-- grain: a person and a programme
-- columns: person_key, programme, pattern
-- from: decisions.evaluated, decisions.receipt
SELECT
    r.person_key,
    r.programme,
    e.pattern
FROM decisions.receipt AS r
INNER JOIN decisions.evaluated AS e ON e.person_key = r.person_key AND e.programme = r.programme
WHERE e.verdict = FALSE
