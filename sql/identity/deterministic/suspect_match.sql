-- Rows with a registered person's number and name that may be somebody else's all the same: all evidence has to decide.
-- A number that is looked up in a list may be that of a namesake. Then the birth date is another's: that of a
-- registered namesake, or one that no common error makes of the registered date (day and month swapped, one part or a
-- day wrong, a lunar date) and that is no placeholder (1 January, the first of a month of the right year). Or a
-- marriage was registered in childhood. Or the row's phone or address is a registered namesake's, and neither is the
-- person's, nor is the birth date.
-- grain: a source row
-- columns: row_key
-- from: identity.latest_birth_year, identity.number_name_match, identity.placeholder_birth_date,
--   identity.register_profile
WITH too_young AS (
    SELECT matched.row_key
    FROM identity.number_name_match AS matched
    JOIN identity.latest_birth_year AS latest ON matched.row_key = latest.row_key
    WHERE matched.birth_year > latest.latest_birth_year
),
other_date_row AS (
    SELECT row_key, person_key, name_key, birth_date, registered_birth_date
    FROM identity.number_name_match
    WHERE birth_date IS NOT NULL
),
far_date AS (
    SELECT row_key
    FROM other_date_row
    WHERE
        birth_date NOT IN (SELECT birth_date FROM identity.placeholder_birth_date)
        AND NOT (
            CAST(year(birth_date) = year(registered_birth_date) AS INTEGER)
            + CAST(month(birth_date) = month(registered_birth_date) AS INTEGER)
            + CAST(day(birth_date) = day(registered_birth_date) AS INTEGER) = 2
            OR abs(datediff('day', birth_date, registered_birth_date)) = 1
            OR abs(datediff('day', birth_date, registered_birth_date)) BETWEEN $lunar_days_min AND $lunar_days_max
            OR (day(birth_date) = 1 AND (month(birth_date) = 1 OR year(birth_date) = year(registered_birth_date)))
            OR (
                year(birth_date) = year(registered_birth_date)
                AND month(birth_date) = day(registered_birth_date)
                AND day(birth_date) = month(registered_birth_date)
            )
        )
),
namesakes_date AS (
    SELECT other_date_row.row_key
    FROM other_date_row
    JOIN identity.register_profile AS registered
        ON other_date_row.name_key = registered.name_key
        AND other_date_row.birth_date = registered.birth_date
        AND other_date_row.person_key <> registered.person_key
),
-- the register's names with the phones and addresses under them
named_contact AS (
    SELECT key_name_address AS contact_key, person_key
    FROM identity.register_profile
    WHERE key_name_address IS NOT NULL
    UNION ALL
    SELECT key_name_other_address, person_key
    FROM identity.register_profile
    WHERE key_name_other_address IS NOT NULL
    UNION ALL
    SELECT key_name_phone, person_key FROM identity.register_profile WHERE key_name_phone IS NOT NULL
),
-- most contacts are the person's own: those that are also a namesake's are found first, and then whether they are the
-- person's, too
contact AS (
    SELECT row_key, person_key, name_address_key AS contact_key
    FROM identity.number_name_match
    WHERE name_address_key IS NOT NULL
    UNION ALL
    SELECT row_key, person_key, name_phone_key FROM identity.number_name_match WHERE name_phone_key IS NOT NULL
),
namesake_contact AS (
    SELECT DISTINCT contact.row_key, contact.person_key
    FROM contact
    JOIN named_contact AS named
        ON contact.contact_key = named.contact_key AND contact.person_key <> named.person_key
),
own_contact AS (
    SELECT namesake_contact.row_key
    FROM namesake_contact
    JOIN identity.number_name_match AS matched ON namesake_contact.row_key = matched.row_key
    JOIN named_contact AS named ON namesake_contact.person_key = named.person_key
    WHERE
        matched.birth_agrees
        OR named.contact_key = matched.name_address_key
        OR named.contact_key = matched.name_phone_key
)
SELECT row_key FROM too_young
UNION
SELECT row_key FROM far_date
UNION
SELECT row_key FROM namesakes_date
UNION
SELECT row_key FROM namesake_contact WHERE row_key NOT IN (SELECT row_key FROM own_contact)
