-- Unmatched rows whose valid number the register knows, against each bearer, present or former, of that number.
-- `name_level` is the best over the person's names, present and former. `namesake_*`: somebody else in the holder's
-- household, in her community, or anywhere in the register bears exactly the row's name, so the number may stand on
-- another's row. A housemate whose name fits better than the holder's counts, too. (Only an equal name fits better than
-- one of the same reading, and such a housemate is a namesake.) `namesake_of_the_date`: the row's birth date is not the
-- holder's, but another's who bears its name.
-- grain: source row × person
-- columns: row_key, person_key, is_current, name_level, one_of_two, birth_agrees, sex_agrees, too_young,
--   namesake_in_household, namesake_in_community, namesake_anywhere, namesake_of_the_date
-- from: identity.number_bearer, identity.register_profile, identity.unmatched
WITH namesake AS (
    SELECT
        m.row_key,
        m.person_key,
        bool_or(m.household_no = o.household_no) AS in_household,
        bool_or(m.area_code = o.area_code) AS in_community
    FROM identity.number_bearer m
    JOIN identity.register_profile o ON m.name_key = o.name_key AND m.person_key <> o.person_key
    WHERE m.name_level < $equal_name
    GROUP BY m.row_key, m.person_key
),
housemate_name AS (
    SELECT DISTINCT m.row_key, m.person_key, m.name_level, m.name_key, o.name_key AS other_name
    FROM identity.number_bearer m
    JOIN identity.register_profile o ON m.household_no = o.household_no AND m.person_key <> o.person_key
    WHERE m.name_level < $equal_name - 1 AND o.name_key IS NOT NULL
),
housemate AS (
    SELECT DISTINCT row_key, person_key
    FROM housemate_name
    WHERE name_level(name_key, other_name) > name_level
),
namesake_of_the_date AS (
    SELECT DISTINCT m.row_key, m.person_key
    FROM identity.number_bearer m
    JOIN identity.unmatched u ON m.row_key = u.row_key
    JOIN identity.register_profile o
        ON m.name_key = o.name_key AND u.birth_date = o.birth_date AND m.person_key <> o.person_key
    WHERE NOT m.birth_agrees
)
SELECT
    m.row_key,
    m.person_key,
    max(m.is_current) AS is_current,
    max(m.name_level) AS name_level,
    bool_or(m.one_of_two) AS one_of_two,
    bool_or(m.birth_agrees) AS birth_agrees,
    bool_or(m.sex_agrees) AS sex_agrees,
    bool_or(m.too_young) AS too_young,
    coalesce(bool_or(s.in_household), FALSE) OR bool_or(h.row_key IS NOT NULL) AS namesake_in_household,
    coalesce(bool_or(s.in_community), FALSE) AS namesake_in_community,
    bool_or(s.row_key IS NOT NULL) AS namesake_anywhere,
    bool_or(d.row_key IS NOT NULL) AS namesake_of_the_date
FROM identity.number_bearer m
LEFT JOIN namesake s ON m.row_key = s.row_key AND m.person_key = s.person_key
LEFT JOIN housemate h ON m.row_key = h.row_key AND m.person_key = h.person_key
LEFT JOIN namesake_of_the_date d ON m.row_key = d.row_key AND m.person_key = d.person_key
GROUP BY m.row_key, m.person_key
