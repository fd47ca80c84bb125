-- What the policy decides for a person, read off the profile. Amounts are those of the rule, before programmes give
-- way.
-- grain: a person and a programme that holds or is unknown, or for which the person is considered all the same
-- columns: person_key, programme, verdict, pattern, amount_monthly, noticed, due
-- from: decisions.finding, decisions.in_scope, decisions.person_profile
-- materialized: view
SELECT
    r.person_key,
    f.programme,
    f.verdict,
    f.pattern,
    f.amount_monthly,
    f.noticed,
    f.due
FROM decisions.person_profile AS r
INNER JOIN decisions.finding AS f ON f.profile = r.profile
WHERE (f.verdict OR f.verdict IS NULL) AND coalesce(f.applicability, TRUE)
UNION ALL
SELECT
    c.person_key,
    f.programme,
    f.verdict,
    f.pattern,
    f.amount_monthly,
    f.noticed,
    f.due
FROM decisions.in_scope AS c
INNER JOIN decisions.person_profile AS r ON r.person_key = c.person_key
INNER JOIN decisions.finding AS f ON f.profile = r.profile AND f.programme = c.programme
WHERE f.verdict = FALSE AND coalesce(f.applicability, TRUE)
