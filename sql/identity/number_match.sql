-- Unmatched rows whose valid number the register knows, against each bearer, present or former, of that number.
-- One row of: source row × person. From: identity.unmatched, known_number, register_profile.
-- `name_level` is the best over the person's names, present and former. `namesake_*`: somebody else in the
-- holder's household, in her community, or anywhere in the register bears exactly the row's name, so the number may
-- stand on another's row. A housemate whose name fits better than the holder's counts, too.
WITH matched AS (
    SELECT
        s.row_key,
        n.person_key,
        n.is_current,
        s.name_key,
        CASE
            WHEN s.name_key IS NULL OR r.name_key IS NULL THEN 0
            WHEN s.name_key = r.name_key OR s.name_key = r.former_name_key THEN 6
            ELSE greatest(
                name_level(s.name_key, r.name_key),
                CASE WHEN r.former_name_key IS NULL THEN 0 ELSE name_level(s.name_key, r.former_name_key) END
            )
        END AS name_level,
        length(s.name_key) = 2 AND length(r.name_key) = 2 AS one_of_two,
        s.birth_date = r.birth_date AS birth_agrees,
        s.sex = r.sex AS sex_agrees,
        r.household_no,
        r.area_code
    FROM identity.unmatched s
    JOIN identity.known_number n ON s.number_no = n.number_no
    JOIN identity.register_profile r ON n.person_key = r.person_key
    ANTI JOIN identity.ruled d ON s.row_key = d.row_key AND n.person_key = d.person_key AND NOT d.same
),
namesake AS (
    SELECT
        m.row_key,
        m.person_key,
        bool_or(m.household_no = o.household_no) AS in_household,
        bool_or(m.area_code = o.area_code) AS in_community
    FROM matched m
    JOIN identity.register_profile o ON m.name_key = o.name_key AND m.person_key <> o.person_key
    WHERE m.name_level < 6
    GROUP BY m.row_key, m.person_key
),
housemate AS (
    SELECT DISTINCT m.row_key, m.person_key
    FROM matched m
    JOIN identity.register_profile o ON m.household_no = o.household_no AND m.person_key <> o.person_key
    WHERE m.name_level < 6 AND o.name_key IS NOT NULL AND name_level(m.name_key, o.name_key) > m.name_level
)
SELECT
    m.row_key,
    m.person_key,
    max(m.is_current) AS is_current,
    max(m.name_level) AS name_level,
    bool_or(m.one_of_two) AS one_of_two,
    bool_or(m.birth_agrees) AS birth_agrees,
    bool_or(m.sex_agrees) AS sex_agrees,
    coalesce(bool_or(s.in_household), FALSE) OR bool_or(h.row_key IS NOT NULL) AS namesake_in_household,
    coalesce(bool_or(s.in_community), FALSE) AS namesake_in_community,
    bool_or(s.row_key IS NOT NULL) AS namesake_anywhere
FROM matched m
LEFT JOIN namesake s ON m.row_key = s.row_key AND m.person_key = s.person_key
LEFT JOIN housemate h ON m.row_key = h.row_key AND m.person_key = h.person_key
GROUP BY m.row_key, m.person_key
