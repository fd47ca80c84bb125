-- Who fulfils every condition and yet gives way: to a higher exclusive benefit, or to a member of the household.
-- by_programme, by_person: what and who takes its place; worth, by_worth: both amounts of an exclusive pair.
-- grain: a person, a day (today, or a coming one) and a programme
-- columns: person_key, on_day, programme, gives_way_to, by_programme, by_person, by_receiving, worth, by_worth
-- from: decisions.exclusive_rival, decisions.household_member
SELECT
    l.person_key,
    l.on_day,
    l.programme,
    w.programme AS gives_way_to,
    w.programme AS by_programme,
    w.person_key AS by_person,
    w.receiving AS by_receiving,
    l.worth,
    w.worth AS by_worth
FROM decisions.exclusive_rival AS l
INNER JOIN decisions.exclusive_rival AS w
    ON w.person_key = l.person_key AND w.on_day = l.on_day AND w.exclusive_group = l.exclusive_group AND w.place = 1
WHERE l.place > 1
UNION ALL
SELECT
    l.person_key,
    l.on_day,
    l.programme,
    CAST(NULL AS VARCHAR) AS gives_way_to,
    w.programme AS by_programme,
    w.person_key AS by_person,
    w.receiving AS by_receiving,
    CAST(NULL AS DECIMAL(12, 2)) AS worth,
    CAST(NULL AS DECIMAL(12, 2)) AS by_worth
FROM decisions.household_member AS l
INNER JOIN decisions.household_member AS w
    ON w.household = l.household AND w.on_day = l.on_day AND w.programme = l.programme AND w.place = 1
WHERE l.place > 1
