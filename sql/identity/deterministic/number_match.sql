-- Unmatched rows whose valid number the register knows, against each present or former holder. `namesake_in_household`,
-- `_in_community`, `_anywhere`: somebody else there has exactly the row's name, so the number may be on that person's
-- row; a housemate whose name fits better than the holder's counts, too (a better fit than the same reading is an equal
-- name, and such a housemate is a namesake). `namesake_of_the_date`: the birth date is not the holder's but a
-- namesake's.
-- grain: a source row × person
-- columns: row_key, person_key, is_current, name_level, one_of_two, birth_agrees, sex_agrees, too_young,
--   namesake_in_household, namesake_in_community, namesake_anywhere, namesake_of_the_date
-- from: identity.number_holder, identity.register_profile, identity.unmatched
WITH namesake AS (
    SELECT
        holder.row_key,
        holder.person_key,
        bool_or(holder.household_no = registered.household_no) AS in_household,
        bool_or(holder.area_code = registered.area_code) AS in_community
    FROM identity.number_holder AS holder
    JOIN identity.register_profile AS registered
        ON holder.name_key = registered.name_key AND holder.person_key <> registered.person_key
    WHERE holder.name_level < $equal_name
    GROUP BY holder.row_key, holder.person_key
),
housemate_name AS (
    SELECT DISTINCT
        holder.row_key,
        holder.person_key,
        holder.name_level,
        holder.name_key,
        registered.name_key AS other_name
    FROM identity.number_holder AS holder
    JOIN identity.register_profile AS registered
        ON holder.household_no = registered.household_no AND holder.person_key <> registered.person_key
    WHERE holder.name_level < $equal_name - 1 AND registered.name_key IS NOT NULL
),
housemate AS (
    SELECT DISTINCT row_key, person_key
    FROM housemate_name
    WHERE name_level(name_key, other_name) > name_level
),
namesake_of_the_date AS (
    SELECT DISTINCT holder.row_key, holder.person_key
    FROM identity.number_holder AS holder
    JOIN identity.unmatched AS record ON holder.row_key = record.row_key
    JOIN identity.register_profile AS registered
        ON holder.name_key = registered.name_key
        AND record.birth_date = registered.birth_date
        AND holder.person_key <> registered.person_key
    WHERE NOT holder.birth_agrees
)
SELECT
    holder.row_key,
    holder.person_key,
    max(holder.is_current) AS is_current,
    max(holder.name_level) AS name_level,
    bool_or(holder.one_of_two) AS one_of_two,
    bool_or(holder.birth_agrees) AS birth_agrees,
    bool_or(holder.sex_agrees) AS sex_agrees,
    bool_or(holder.too_young) AS too_young,
    coalesce(bool_or(namesake.in_household), FALSE) OR bool_or(housemate.row_key IS NOT NULL) AS namesake_in_household,
    coalesce(bool_or(namesake.in_community), FALSE) AS namesake_in_community,
    bool_or(namesake.row_key IS NOT NULL) AS namesake_anywhere,
    bool_or(namesake_of_the_date.row_key IS NOT NULL) AS namesake_of_the_date
FROM identity.number_holder AS holder
LEFT JOIN namesake ON holder.row_key = namesake.row_key AND holder.person_key = namesake.person_key
LEFT JOIN housemate ON holder.row_key = housemate.row_key AND holder.person_key = housemate.person_key
LEFT JOIN namesake_of_the_date
    ON holder.row_key = namesake_of_the_date.row_key AND holder.person_key = namesake_of_the_date.person_key
GROUP BY holder.row_key, holder.person_key
