-- Register rows that a number, a household or a name brings together: they may be one person's. A number on too many
-- rows is a placeholder and connects nobody. Namesakes are paired where the number of one cannot tell them apart: born
-- on one day, it is missing, not valid, another's, too, or contradicts its own birth date; or it is not valid and one
-- edit makes it the other's (then the first or the last nine characters are equal). A deregistered row is paired with a
-- namesake of one house born on the same day: the person may have got another number. It is also paired with a valid
-- row of its 户号, name and sex under another number and birth date, where the one date may have been corrected into the
-- other: less than a generation apart, or of one day of the year, or with area and sequence of the number unchanged.
-- (Mother and daughter-in-law may have one name, too; nothing is inferred from a collective 户号.) With a name that may
-- be damaged, people born on one day are paired where one number is not valid and one edit away from the other, or from
-- a former one; two edits where the names begin alike.
-- grain: a pair of register rows × key
-- columns: left_key, right_key, method
-- from: identity.placeholder_birth_date, identity.register_row, identity.repeated_number
WITH former_all AS (
    SELECT row_key, former_number_no AS former_no
    FROM identity.register_row
    WHERE former_number_no IS NOT NULL
),
former AS (
    SELECT row_key, former_no
    FROM former_all
    WHERE former_no IN (SELECT former_no FROM former_all GROUP BY former_no HAVING count(*) <= $number_rows_max)
),
repeated AS (
    SELECT number_no FROM identity.repeated_number WHERE current_count BETWEEN 2 AND $number_rows_max
),
sharing AS (
    SELECT registered.row_key, registered.number_no
    FROM identity.register_row AS registered
    JOIN repeated ON registered.number_no = repeated.number_no
),
unnumbered AS (
    SELECT row_key, household_no, name_key FROM identity.register_row WHERE number_no IS NULL
),
uncertain_number AS (
    SELECT row_key, number_no, id_number, name_key, birth_date
    FROM identity.register_row
    WHERE number_no IS NULL OR misdated
    UNION
    SELECT registered.row_key, registered.number_no, registered.id_number, registered.name_key, registered.birth_date
    FROM identity.register_row AS registered
    JOIN sharing ON registered.row_key = sharing.row_key
),
deregistered AS (
    SELECT row_key, number_no, name_key, birth_date, household_no, address
    FROM identity.register_row
    WHERE status <> 1 AND number_no IS NOT NULL
),
-- DISTINCT, here and below, so that numbers are measured over all pairs at once, and not within the join, a few at a
-- time
same_name AS (
    SELECT DISTINCT
        uncertain_number.row_key,
        registered.row_key AS other_key,
        uncertain_number.id_number,
        registered.id_number AS other_number
    FROM uncertain_number
    JOIN identity.register_row AS registered
        ON uncertain_number.name_key = registered.name_key AND uncertain_number.row_key <> registered.row_key
    WHERE
        uncertain_number.number_no IS NULL
        AND uncertain_number.id_number IS NOT NULL
        AND registered.id_number IS NOT NULL
),
namesake AS (
    SELECT uncertain_number.row_key, registered.row_key AS other_key
    FROM uncertain_number
    JOIN identity.register_row AS registered
        ON uncertain_number.name_key = registered.name_key
        AND uncertain_number.birth_date = registered.birth_date
        AND uncertain_number.row_key <> registered.row_key
        AND coalesce(uncertain_number.number_no <> registered.number_no, TRUE)
    WHERE uncertain_number.birth_date NOT IN (SELECT birth_date FROM identity.placeholder_birth_date)
    UNION ALL
    SELECT row_key, other_key
    FROM same_name
    WHERE
        CASE
            WHEN left(id_number, 9) = left(other_number, 9) OR right(id_number, 9) = right(other_number, 9)
                THEN osa_distance(id_number, other_number) <= 1
            ELSE FALSE
        END
),
damaged_number AS (
    SELECT row_key, id_number, name_key, birth_date
    FROM identity.register_row
    WHERE
        number_no IS NULL
        AND length(id_number) BETWEEN $number_length_min AND $damaged_number_length_max
        AND birth_date NOT IN (SELECT birth_date FROM identity.placeholder_birth_date)
),
corrected AS (
    SELECT registered.row_key, other.row_key AS other_key, registered.household_no
    FROM (
        SELECT row_key, number_no, name_key, birth_date, sex, household_no
        FROM identity.register_row
        WHERE status <> 1
    ) AS registered
    JOIN identity.register_row AS other
        ON registered.household_no = other.household_no AND registered.name_key = other.name_key
    WHERE
        other.status = 1
        AND coalesce(registered.sex = other.sex, TRUE)
        AND coalesce(registered.number_no <> other.number_no, TRUE)
        AND registered.birth_date <> other.birth_date
        AND (
            abs(year(registered.birth_date) - year(other.birth_date)) < $generation_years
            OR (
                month(registered.birth_date) = month(other.birth_date)
                AND day(registered.birth_date) = day(other.birth_date)
            )
            OR coalesce(
                registered.number_no // 100000000000 = other.number_no // 100000000000
                AND registered.number_no % 1000 = other.number_no % 1000,
                FALSE
            )
        )
),
crowded_household AS (
    SELECT registered.household_no
    FROM identity.register_row AS registered
    SEMI JOIN corrected ON registered.household_no = corrected.household_no
    GROUP BY registered.household_no
    HAVING count(*) > $household_rows_max
),
same_day AS (
    SELECT DISTINCT
        damaged_number.row_key,
        registered.row_key AS other_key,
        damaged_number.id_number,
        registered.id_number AS other_number,
        CAST(registered.former_number_no AS VARCHAR) AS former_17,
        left(damaged_number.name_key, 1) = left(registered.name_key, 1) AS first_character_agrees
    FROM damaged_number
    JOIN identity.register_row AS registered
        ON damaged_number.birth_date = registered.birth_date AND damaged_number.name_key <> registered.name_key
),
similar_number AS (
    SELECT
        row_key,
        other_key,
        CASE
            WHEN first_character_agrees THEN osa_distance(id_number, other_number) <= 2
            WHEN left(id_number, 9) = left(other_number, 9) OR right(id_number, 9) = right(other_number, 9)
                THEN osa_distance(id_number, other_number) <= 1
            ELSE FALSE
        END
        OR CASE
            WHEN former_17 IS NULL THEN FALSE
            ELSE osa_distance(left(id_number, 17), former_17) <= 1
        END AS may_be_same_person
    FROM same_day
)
SELECT sharing.row_key AS left_key, other.row_key AS right_key, 'same number' AS method
FROM sharing
JOIN sharing AS other ON sharing.number_no = other.number_no AND sharing.row_key < other.row_key
UNION
SELECT least(former.row_key, registered.row_key), greatest(former.row_key, registered.row_key), 'former number'
FROM former
JOIN identity.register_row AS registered
    ON former.former_no = registered.number_no AND former.row_key <> registered.row_key
UNION
SELECT former.row_key, other.row_key, 'same former number'
FROM former
JOIN former AS other ON former.former_no = other.former_no AND former.row_key < other.row_key
UNION
SELECT least(unnumbered.row_key, registered.row_key), greatest(unnumbered.row_key, registered.row_key), 'household'
FROM unnumbered
JOIN identity.register_row AS registered
    ON unnumbered.household_no = registered.household_no
    AND unnumbered.name_key = registered.name_key
    AND unnumbered.row_key <> registered.row_key
UNION
SELECT least(deregistered.row_key, registered.row_key), greatest(deregistered.row_key, registered.row_key), 'same house'
FROM deregistered
JOIN identity.register_row AS registered
    ON deregistered.name_key = registered.name_key
    AND deregistered.birth_date = registered.birth_date
    AND deregistered.number_no <> registered.number_no
WHERE deregistered.household_no = registered.household_no OR deregistered.address = registered.address
UNION
SELECT least(row_key, other_key), greatest(row_key, other_key), 'registered again'
FROM corrected
WHERE household_no NOT IN (SELECT household_no FROM crowded_household)
UNION
SELECT least(row_key, other_key), greatest(row_key, other_key), 'namesake'
FROM namesake
UNION
SELECT least(row_key, other_key), greatest(row_key, other_key), 'like number'
FROM similar_number
WHERE may_be_same_person
