-- Unmatched rows whose valid number the register knows, with each register row of its present or former holders.
-- `name_level` is the best over present and former names. A table of its own, so that names are compared once;
-- DISTINCT, so that the few numbers are found before all of the register's columns are joined to them.
-- grain: a source row × register row
-- columns: row_key, person_key, is_current, name_key, name_level, one_of_two, birth_agrees, sex_agrees, too_young,
--   household_no, area_code
-- from: identity.clerical_decision, identity.known_number, identity.latest_birth_year, identity.register_profile,
--   identity.unmatched
WITH held AS (
    SELECT DISTINCT record.row_key, known_number.person_key, known_number.is_current
    FROM identity.unmatched AS record
    JOIN identity.known_number ON record.number_no = known_number.number_no
    ANTI JOIN identity.clerical_decision AS decided
        ON record.row_key = decided.row_key AND known_number.person_key = decided.person_key AND NOT decided.same
)
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
