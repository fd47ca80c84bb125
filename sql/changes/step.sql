-- changes.step: what tonight's policy decides for the same person on the previous night's facts (before), on those with
-- only the person's age moved on (aged), and on tonight's (now): two steps, of age and of data, that change the answer.
-- grain: a person × programme × step at which condition values, amount, being due or applicability differ
-- columns: person_id, programme, step, pattern_from, pattern_to, outside, amount_differs, due_differs
-- from: changes.state_verdict, changes.subject
SELECT
    s.person_id,
    v.programme,
    v.step,
    v.pattern_from,
    v.pattern_to,
    v.outside,
    v.amount_from IS DISTINCT FROM v.amount_to AS amount_differs,
    v.due_from IS DISTINCT FROM v.due_to AS due_differs
FROM (
    SELECT
        coalesce(a.subject, b.subject) AS subject,
        coalesce(a.programme, b.programme) AS programme,
        'age' AS step,
        a.pattern AS pattern_from,
        b.pattern AS pattern_to,
        a.subject IS NULL OR b.subject IS NULL AS outside,
        a.amount_monthly AS amount_from,
        b.amount_monthly AS amount_to,
        a.due AS due_from,
        b.due AS due_to
    FROM (SELECT * FROM changes.state_verdict WHERE variant = 'before') AS a
    FULL OUTER JOIN (SELECT * FROM changes.state_verdict WHERE variant = 'aged') AS b
        ON b.subject = a.subject AND b.programme = a.programme
    UNION ALL
    SELECT
        coalesce(a.subject, b.subject) AS subject,
        coalesce(a.programme, b.programme) AS programme,
        'data' AS step,
        a.pattern AS pattern_from,
        b.pattern AS pattern_to,
        a.subject IS NULL OR b.subject IS NULL AS outside,
        a.amount_monthly AS amount_from,
        b.amount_monthly AS amount_to,
        a.due AS due_from,
        b.due AS due_to
    FROM (SELECT * FROM changes.state_verdict WHERE variant = 'aged') AS a
    FULL OUTER JOIN (SELECT * FROM changes.state_verdict WHERE variant = 'now') AS b
        ON b.subject = a.subject AND b.programme = a.programme
) AS v
INNER JOIN changes.subject AS s ON s.subject = v.subject
WHERE
    s.person_key IS NOT NULL
    AND s.person_id_before IS NOT NULL
    AND (
        v.outside
        OR v.pattern_from <> v.pattern_to
        OR v.amount_from IS DISTINCT FROM v.amount_to
        OR v.due_from IS DISTINCT FROM v.due_to
    )
