-- Rows under a registered person's number and name that may be somebody else's all the same: all evidence has to tell.
-- Whoever looks a number up in a list may take that of a namesake. Then the birth date is another's: that of a namesake
-- who is registered, or one that no slip turns into hers (day and month swapped, one part or a day wrong, a lunar date)
-- and that is no stopgap (the first of January, the first of a month of her year). Or a marriage was registered when
-- she was a child. Or the row's phone or address is a registered namesake's, and neither is hers, nor the birth date.
-- grain: source row
-- columns: row_key
-- from: identity.born_by, identity.busy_day, identity.named_contact, identity.register_profile, identity.tied
WITH too_young AS (
    SELECT t.row_key
    FROM identity.tied t
    JOIN identity.born_by b ON t.row_key = b.row_key
    WHERE t.born > b.born_by
),
other_date AS (
    SELECT row_key, person_key, name_key, birth_date, her_birth_date FROM identity.tied WHERE birth_date IS NOT NULL
),
far_date AS (
    SELECT row_key
    FROM other_date
    WHERE
        birth_date NOT IN (SELECT birth_date FROM identity.busy_day)
        AND NOT (
            CAST(year(birth_date) = year(her_birth_date) AS INTEGER)
            + CAST(month(birth_date) = month(her_birth_date) AS INTEGER)
            + CAST(day(birth_date) = day(her_birth_date) AS INTEGER) = 2
            OR abs(datediff('day', birth_date, her_birth_date)) = 1
            OR abs(datediff('day', birth_date, her_birth_date)) BETWEEN $lunar_days_min AND $lunar_days_max
            OR (day(birth_date) = 1 AND (month(birth_date) = 1 OR year(birth_date) = year(her_birth_date)))
            OR (
                year(birth_date) = year(her_birth_date)
                AND month(birth_date) = day(her_birth_date)
                AND day(birth_date) = month(her_birth_date)
            )
        )
),
namesakes_date AS (
    SELECT t.row_key
    FROM other_date t
    JOIN identity.register_profile o
        ON t.name_key = o.name_key AND t.birth_date = o.birth_date AND t.person_key <> o.person_key
),
-- most contacts are her own: whose else they are is found first, and whether they are hers, too, then
contact AS (
    SELECT row_key, person_key, door_key AS contact_key FROM identity.tied WHERE door_key IS NOT NULL
    UNION ALL
    SELECT row_key, person_key, line_key FROM identity.tied WHERE line_key IS NOT NULL
),
reached AS (
    SELECT DISTINCT t.row_key, t.person_key
    FROM contact t
    JOIN identity.named_contact c ON t.contact_key = c.contact_key AND t.person_key <> c.person_key
),
at_home AS (
    SELECT n.row_key
    FROM reached n
    JOIN identity.tied t ON n.row_key = t.row_key
    JOIN identity.named_contact c ON n.person_key = c.person_key
    WHERE t.birth_agrees OR c.contact_key = t.door_key OR c.contact_key = t.line_key
)
SELECT row_key FROM too_young
UNION
SELECT row_key FROM far_date
UNION
SELECT row_key FROM namesakes_date
UNION
SELECT row_key FROM reached WHERE row_key NOT IN (SELECT row_key FROM at_home)
