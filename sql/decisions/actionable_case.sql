-- What may lead to a list line, upcoming and newly reached programmes aside: what is granted unasked and not ruled out,
-- what holds and is more than a universal entitlement, and whatever the person is considered for all the same.
-- grain: a person and a programme, a row of decisions.evaluated
-- columns: person_key, programme, verdict, pattern, amount_monthly, due, recurs
-- from: decisions.finding, decisions.in_scope, decisions.person_profile, decisions.programme
SELECT
    r.person_key,
    f.programme,
    f.verdict,
    f.pattern,
    f.amount_monthly,
    f.due,
    f.recurs
FROM decisions.finding AS f
INNER JOIN decisions.programme AS d ON d.programme = f.programme
INNER JOIN decisions.person_profile AS r ON r.profile = f.profile
WHERE
    coalesce(f.applicability, TRUE)
    AND CASE WHEN f.verdict THEN d.mode <> 'universal' WHEN f.verdict IS NULL THEN d.mode = 'auto' ELSE FALSE END
UNION ALL
SELECT
    c.person_key,
    f.programme,
    f.verdict,
    f.pattern,
    f.amount_monthly,
    f.due,
    f.recurs
FROM decisions.in_scope AS c
INNER JOIN decisions.programme AS d ON d.programme = c.programme
INNER JOIN decisions.person_profile AS r ON r.person_key = c.person_key
INNER JOIN decisions.finding AS f ON f.profile = r.profile AND f.programme = c.programme
WHERE
    coalesce(f.applicability, TRUE)
    AND CASE WHEN f.verdict THEN d.mode = 'universal' WHEN f.verdict IS NULL THEN d.mode <> 'auto' ELSE TRUE END
