-- What will hold on a coming day by a person's own age, read off her profile of that day.
-- One row: a person, a day of facts.threshold and a programme to which age is something. Those that do not hold today,
-- and all of a programme that only one may have (exclusive group, household). today: its verdict today, NULL = unknown.
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
    f.verdict AND f.audience AND d.by_own_age
    AND (t.profile IS NULL OR t.verdict = FALSE OR d.exclusive_group IS NOT NULL OR d.household)
