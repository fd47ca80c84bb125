-- Unmatched rows whose valid number the register knows, against each present or former holder. `name_level` is the best
-- over present and former names. `namesake_in_household`, `_in_community`, `_anywhere`: somebody else there has exactly
-- the row's name, so the number may be on that person's row; a housemate whose name fits better than the holder's
-- counts, too (a better fit than the same reading is an equal name, and such a housemate is a namesake).
-- `namesake_of_the_date`: the birth date is not the holder's but a namesake's.
-- grain: a source row × person
-- columns: row_key, person_key, is_current, name_level, one_of_two, birth_agrees, sex_agrees, too_young,
--   namesake_in_household, namesake_in_community, namesake_anywhere, namesake_of_the_date
-- from: identity.clerical_decision, identity.known_number, identity.latest_birth_year, identity.register_profile,
--   identity.unmatched
WITH held AS (
    SELECT DISTINCT record.row_key, known_number.person_key, known_number.is_current
    FROM identity.unmatched AS record
    JOIN identity.known_number ON record.number_no = known_number.number_no
    ANTI JOIN identity.clerical_decision AS decided
        ON record.row_key = decided.row_key AND known_number.person_key = decided.person_key AND NOT decided.same
),
-- a number's few holders are found first, their register rows then, and each name is compared once
holder AS (
    SELECT
        record.row_key,
        held.person_key,
        held.is_current,
        record.name_key,
        CASE
            WHEN record.name_key IS NULL OR registered.name_key IS NULL THEN 0
            WHEN record.name_key = registered.name_key OR record.name_key = registered.former_name_key THEN $equal_name
            ELSE greatest(
                name_level(record.name_key, registered.name_key),
                CASE
                    WHEN registered.former_name_key IS NULL THEN 0
                    ELSE name_level(record.name_key, registered.former_name_key)
                END
            )
        END AS name_level,
        length(record.name_key) = 2 AND length(registered.name_key) = 2 AS one_of_two,
        record.birth_date = registered.birth_date AS birth_agrees,
        record.sex = registered.sex AS sex_agrees,
        coalesce(year(registered.birth_date) > latest.latest_birth_year, FALSE) AS too_young,
        registered.household_no,
        registered.area_code
    FROM held
    JOIN identity.unmatched AS record ON held.row_key = record.row_key
    JOIN identity.register_profile AS registered ON held.person_key = registered.person_key
    LEFT JOIN identity.latest_birth_year AS latest ON held.row_key = latest.row_key
),
namesake AS (
    SELECT
        holder.row_key,
        holder.person_key,
        bool_or(holder.household_no = registered.household_no) AS in_household,
        bool_or(holder.area_code = registered.area_code) AS in_community
    FROM holder
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
    FROM holder
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
    FROM holder
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
FROM holder
LEFT JOIN namesake ON holder.row_key = namesake.row_key AND holder.person_key = namesake.person_key
LEFT JOIN housemate ON holder.row_key = housemate.row_key AND holder.person_key = housemate.person_key
LEFT JOIN namesake_of_the_date
    ON holder.row_key = namesake_of_the_date.row_key AND holder.person_key = namesake_of_the_date.person_key
GROUP BY holder.row_key, holder.person_key
