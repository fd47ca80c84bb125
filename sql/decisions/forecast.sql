-- What will hold on a coming day by a person's own age, read off the profile of that day. Those that do not hold today,
-- and all of a programme that only one may have (exclusive group, household). today: its verdict today, NULL = unknown.
-- grain: a person, a day of facts.threshold and a programme to which age is something
-- columns: person_key, on_day, programme, today, pattern, amount_monthly
-- from: decisions.coming_profile, decisions.finding, decisions.person_profile, decisions.programme
SELECT
    n.person_key,
    n.on_day,
    f.programme,
    CASE WHEN t.profile IS NULL THEN FALSE ELSE t.verdict END AS today,
    f.pattern,
    f.amount_monthly
FROM decisions.coming_profile AS n
INNER JOIN decisions.finding AS f ON f.profile = n.profile
INNER JOIN decisions.programme AS d ON d.programme = f.programme
INNER JOIN decisions.person_profile AS r ON r.person_key = n.person_key
LEFT JOIN decisions.finding AS t ON t.profile = r.profile AND t.programme = f.programme
WHERE
    f.verdict AND f.applicability AND d.by_own_age
    AND (t.profile IS NULL OR t.verdict = FALSE OR d.exclusive_group IS NOT NULL OR d.household)
