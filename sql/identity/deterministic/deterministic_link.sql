-- Rows linked by their own valid number and name to one registered person (or by a clerk, or a published id): the
-- deterministic links. Compared by all evidence instead are: names that disagree; a damaged name with a contradicting
-- birth date or sex, or that somebody near the holder has; a number of two registered people when the name fits both; a
-- birth date that is another's of the name and not the holder's; a number found in the cell of a name. Where one
-- character differs for no known reason, an error is likelier than a relative's number only if nobody has the name, or
-- the birth date is the holder's; of two-character names, only if both hold.
-- grain: a source row
-- columns: row_key, person_key, grade, method, name_level, birth_agrees, sex_agrees
-- from: identity.clear_match, identity.clerical_decision, identity.given_id, identity.number_match,
--   identity.suspect_match, identity.unmatched
WITH fit AS (
    SELECT
        row_key,
        person_key,
        is_current,
        name_level,
        namesake_in_household,
        namesake_in_community,
        namesake_anywhere,
        namesake_of_the_date,
        one_of_two,
        too_young,
        birth_agrees,
        sex_agrees,
        coalesce(birth_agrees, TRUE) AS birth_fits,
        coalesce(sex_agrees, TRUE) AS sex_fits,
        row_number() OVER (
            PARTITION BY row_key ORDER BY name_level DESC, is_current DESC, person_key
        ) AS nth,
        count(*) OVER (PARTITION BY row_key, name_level, is_current) AS equals
    FROM identity.number_match
    WHERE name_level >= 1
)
SELECT
    row_key,
    person_key,
    'strong' AS grade,
    'clerk' AS method,
    0 AS name_level,
    CAST(NULL AS BOOLEAN) AS birth_agrees,
    CAST(NULL AS BOOLEAN) AS sex_agrees
FROM (SELECT row_key, min(person_key) AS person_key FROM identity.clerical_decision WHERE same GROUP BY row_key)
UNION ALL
SELECT given_id.row_key, given_id.person_key, 'exact', 'person id', given_id.name_level, NULL, NULL
FROM identity.given_id
ANTI JOIN identity.clear_match AS clear ON given_id.row_key = clear.row_key
ANTI JOIN identity.clerical_decision AS decided ON given_id.row_key = decided.row_key
UNION ALL
SELECT
    row_key,
    person_key,
    'exact' AS grade,
    'number and name' AS method,
    $equal_name AS name_level,
    birth_agrees,
    sex_agrees
FROM identity.clear_match
WHERE coalesce(birth_agrees, TRUE)
UNION ALL
SELECT row_key, person_key, 'strong', 'number and name', $equal_name, birth_agrees, sex_agrees
FROM identity.clear_match
WHERE NOT birth_agrees
UNION ALL
SELECT
    row_key,
    person_key,
    CASE WHEN name_level >= $alike_name AND birth_fits AND sex_fits THEN 'exact' ELSE 'strong' END,
    CASE WHEN is_current = 1 THEN 'number and name' ELSE 'former number and name' END,
    name_level,
    birth_agrees,
    sex_agrees
FROM fit
WHERE
    row_key NOT IN (SELECT row_key FROM identity.given_id)
    AND row_key NOT IN (SELECT row_key FROM identity.unmatched WHERE id_number_state = 'swapped')
    AND row_key NOT IN (SELECT row_key FROM identity.suspect_match)
    AND NOT too_young
    AND row_key NOT IN (SELECT row_key FROM identity.clerical_decision WHERE same)
    AND nth = 1
    AND equals = 1
    AND (
        (name_level = $equal_name AND (birth_fits OR (is_current = 1 AND NOT namesake_of_the_date)))
        OR (
            name_level < $equal_name
            AND birth_fits
            AND sex_fits
            AND NOT namesake_in_household
            AND (
                name_level >= $alike_name
                OR (
                    name_level = 2
                    AND NOT namesake_in_community
                    AND (birth_agrees OR NOT namesake_anywhere)
                    AND is_current = 1
                )
                OR (name_level = 1 AND one_of_two AND NOT namesake_anywhere AND birth_agrees AND is_current = 1)
            )
        )
    )
