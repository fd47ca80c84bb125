-- changes.moved: which condition of a rule is answered otherwise, and by which step.
-- grain: a person × programme × step × condition; what is no condition is named amount, due or applicability, with a
--   hash before it
-- columns: person_id, programme, step, condition
-- from: changes.state_pattern, changes.step
SELECT
    d.person_id,
    d.programme,
    d.step,
    a.condition
FROM changes.step AS d
INNER JOIN changes.state_pattern AS a ON a.programme = d.programme AND a.pattern = d.pattern_from
INNER JOIN changes.state_pattern AS b
    ON b.programme = d.programme AND b.pattern = d.pattern_to AND b.condition = a.condition
WHERE a.value IS DISTINCT FROM b.value
UNION ALL
SELECT person_id, programme, step, '#amount' AS condition
FROM changes.step
WHERE amount_differs AND NOT outside
UNION ALL
SELECT person_id, programme, step, '#due' AS condition
FROM changes.step
WHERE due_differs AND NOT outside
UNION ALL
SELECT person_id, programme, step, '#applicability' AS condition
FROM changes.step
WHERE outside
