-- What a person is not receiving because it is paused, by the benefit roll or by the extract of its own.
-- grain: a person and a programme of mode auto or confirm that is no work done once
-- columns: person_key, programme, is_review
-- from: decisions.programme, decisions.receipt, facts.suspended
-- materialized: view
SELECT s.person_key, s.programme, bool_and(s.grade = 'review') AS is_review
FROM (
    SELECT f.person_key, d.programme, f.grade
    FROM facts.suspended AS f
    INNER JOIN decisions.programme AS d ON d.programme = f.programme
    WHERE d.mode IN ('auto', 'confirm') AND NOT d.one_off
    UNION ALL
    SELECT f.person_key, d.programme, f.grade
    FROM facts.suspended AS f
    INNER JOIN (
        SELECT programme, unnest(receipt_facts) AS fact
        FROM decisions.programme
        WHERE mode IN ('auto', 'confirm') AND NOT one_off
    ) AS d ON d.fact = f.fact
) AS s
LEFT JOIN decisions.receipt AS r ON r.person_key = s.person_key AND r.programme = s.programme
WHERE r.person_key IS NULL
GROUP BY s.person_key, s.programme
