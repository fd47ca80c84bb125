-- Universal entitlements newly reached: the threshold fell on the as-of date or one of the 30 days before it.
-- grain: a person and a programme that holds and is on no roll of the person
-- columns: person_key, programme, on_day, pattern
-- from: decisions.evaluated, decisions.programme, decisions.receipt, facts.recent_birthday
SELECT
    e.person_key,
    e.programme,
    t.on_day,
    e.pattern
FROM facts.recent_birthday AS t
INNER JOIN decisions.programme AS d ON d.mode = 'universal' AND d.age_threshold = t.age
INNER JOIN decisions.evaluated AS e ON e.person_key = t.person_key AND e.programme = d.programme
LEFT JOIN decisions.receipt AS r ON r.person_key = e.person_key AND r.programme = e.programme
WHERE e.verdict AND r.person_key IS NULL
