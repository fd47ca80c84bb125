-- Register rows that a number, a household or a name sets side by side: they may be one person's. A number on more than
-- 20 rows is a stopgap that clerks typed, and ties nobody. Namesakes are set side by side where the number of one
-- cannot tell them apart: born on one day, it is missing, not valid, another's too, or against its own birth date; or
-- it is not valid, and one slip makes it the other's (then the first or the last nine characters are the same). A
-- deregistered row is set beside a namesake of one house, born on its day: she may have got another number. So is it
-- set beside a valid row of its 户号, name and sex under another number and birth date, where the one date may have been
-- corrected into the other: not twelve years apart, or of one day of the year, or with area and sequence of the number
-- unchanged. (Mother and daughter-in-law may bear one name, too; of a 户号 with more than 20 rows nothing is said.) So
-- are, with a name that may be damaged, too, people born on one day of whose numbers one is not valid and a slip away
-- from the other, or from the number that the other had; two slips where the names begin alike.
-- grain: a pair of register rows × key
-- columns: left_key, right_key, method
-- from: identity.busy_day, identity.register_row, identity.repeated_number
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
    SELECT number_no FROM identity.repeated_number WHERE bearers BETWEEN 2 AND $number_rows_max
),
sharing AS (
    SELECT r.row_key, r.number_no FROM identity.register_row r JOIN repeated d ON r.number_no = d.number_no
),
unnumbered AS (
    SELECT row_key, household_no, name_key FROM identity.register_row WHERE number_no IS NULL
),
untold AS (
    SELECT row_key, number_no, id_number, name_key, birth_date
    FROM identity.register_row
    WHERE number_no IS NULL OR misdated
    UNION
    SELECT r.row_key, r.number_no, r.id_number, r.name_key, r.birth_date
    FROM identity.register_row r
    JOIN sharing s ON r.row_key = s.row_key
),
deregistered AS (
    SELECT row_key, number_no, name_key, birth_date, household_no, address
    FROM identity.register_row
    WHERE status <> 1 AND number_no IS NOT NULL
),
-- DISTINCT, here and below, so that numbers are measured over all pairs at once, and not within the join, a few at a
-- time
of_its_name AS (
    SELECT DISTINCT u.row_key, r.row_key AS other_key, u.id_number, r.id_number AS other_number
    FROM untold u
    JOIN identity.register_row r ON u.name_key = r.name_key AND u.row_key <> r.row_key
    WHERE u.number_no IS NULL AND u.id_number IS NOT NULL AND r.id_number IS NOT NULL
),
namesake AS (
    SELECT u.row_key, r.row_key AS other_key
    FROM untold u
    JOIN identity.register_row r
        ON u.name_key = r.name_key
        AND u.birth_date = r.birth_date
        AND u.row_key <> r.row_key
        AND coalesce(u.number_no <> r.number_no, TRUE)
    WHERE u.birth_date NOT IN (SELECT birth_date FROM identity.busy_day)
    UNION ALL
    SELECT row_key, other_key
    FROM of_its_name
    WHERE
        CASE
            WHEN left(id_number, 9) = left(other_number, 9) OR right(id_number, 9) = right(other_number, 9)
                THEN osa_distance(id_number, other_number) <= 1
            ELSE FALSE
        END
),
spoilt AS (
    SELECT row_key, id_number, name_key, birth_date
    FROM identity.register_row
    WHERE
        number_no IS NULL
        AND length(id_number) BETWEEN $number_length_min AND $damaged_number_length_max
        AND birth_date NOT IN (SELECT birth_date FROM identity.busy_day)
),
corrected AS (
    SELECT d.row_key, r.row_key AS other_key, d.household_no
    FROM (
        SELECT row_key, number_no, name_key, birth_date, sex, household_no
        FROM identity.register_row
        WHERE status <> 1
    ) d
    JOIN identity.register_row r ON d.household_no = r.household_no AND d.name_key = r.name_key
    WHERE
        r.status = 1
        AND coalesce(d.sex = r.sex, TRUE)
        AND coalesce(d.number_no <> r.number_no, TRUE)
        AND d.birth_date <> r.birth_date
        AND (
            abs(year(d.birth_date) - year(r.birth_date)) < $generation_years
            OR (month(d.birth_date) = month(r.birth_date) AND day(d.birth_date) = day(r.birth_date))
            OR coalesce(
                d.number_no // 100000000000 = r.number_no // 100000000000 AND d.number_no % 1000 = r.number_no % 1000,
                FALSE
            )
        )
),
crowd AS (
    SELECT r.household_no
    FROM identity.register_row r
    SEMI JOIN corrected c ON r.household_no = c.household_no
    GROUP BY r.household_no
    HAVING count(*) > $household_rows_max
),
of_its_day AS (
    SELECT DISTINCT
        u.row_key,
        r.row_key AS other_key,
        u.id_number,
        r.id_number AS other_number,
        CAST(r.former_number_no AS VARCHAR) AS former_17,
        left(u.name_key, 1) = left(r.name_key, 1) AS begin_alike
    FROM spoilt u
    JOIN identity.register_row r ON u.birth_date = r.birth_date AND u.name_key <> r.name_key
),
like_number AS (
    SELECT
        row_key,
        other_key,
        CASE
            WHEN begin_alike THEN osa_distance(id_number, other_number) <= 2
            WHEN left(id_number, 9) = left(other_number, 9) OR right(id_number, 9) = right(other_number, 9)
                THEN osa_distance(id_number, other_number) <= 1
            ELSE FALSE
        END
        OR CASE WHEN former_17 IS NULL THEN FALSE ELSE osa_distance(left(id_number, 17), former_17) <= 1 END AS may_be_hers
    FROM of_its_day
)
SELECT a.row_key AS left_key, b.row_key AS right_key, 'same number' AS method
FROM sharing a
JOIN sharing b ON a.number_no = b.number_no AND a.row_key < b.row_key
UNION
SELECT least(f.row_key, r.row_key), greatest(f.row_key, r.row_key), 'former number'
FROM former f
JOIN identity.register_row r ON f.former_no = r.number_no AND f.row_key <> r.row_key
UNION
SELECT a.row_key, b.row_key, 'same former number'
FROM former a
JOIN former b ON a.former_no = b.former_no AND a.row_key < b.row_key
UNION
SELECT least(u.row_key, r.row_key), greatest(u.row_key, r.row_key), 'household'
FROM unnumbered u
JOIN identity.register_row r ON u.household_no = r.household_no AND u.name_key = r.name_key AND u.row_key <> r.row_key
UNION
SELECT least(d.row_key, r.row_key), greatest(d.row_key, r.row_key), 'same house'
FROM deregistered d
JOIN identity.register_row r ON d.name_key = r.name_key AND d.birth_date = r.birth_date AND d.number_no <> r.number_no
WHERE d.household_no = r.household_no OR d.address = r.address
UNION
SELECT least(row_key, other_key), greatest(row_key, other_key), 'registered anew'
FROM corrected
WHERE household_no NOT IN (SELECT household_no FROM crowd)
UNION
SELECT least(row_key, other_key), greatest(row_key, other_key), 'namesake'
FROM namesake
UNION
SELECT least(row_key, other_key), greatest(row_key, other_key), 'like number'
FROM like_number
WHERE may_be_hers
