-- Register rows that a number, a household or a name sets side by side, with how far they agree.
-- One row of: a pair of register rows. From: identity.register_row, busy_day.
-- A number on more than 20 rows is a stopgap that clerks typed, and ties nobody. `generation_apart`: birth dates twelve years
-- and more apart that no slip turns into each other: a father and a son of his name, one of them under the other's number.
-- Namesakes are set side by side where the number of one cannot tell them apart: born on one day, it is missing, not valid,
-- another's too, or against its own birth date; or it is not valid, and one slip makes it the other's (then the first or the
-- last nine characters are the same). `slips`: so many turn one number into the other.
WITH register AS (
    SELECT
        row_key, number_no, id_number, former_number_no, name_key, former_name_key, sex, birth_date, household_no, misdated
    FROM identity.register_row
),
former_all AS (
    SELECT row_key, former_number_no AS former_no
    FROM register
    WHERE former_number_no IS NOT NULL
),
former AS (
    SELECT row_key, former_no
    FROM former_all
    WHERE former_no IN (SELECT former_no FROM former_all GROUP BY former_no HAVING count(*) <= 20)
),
repeated AS (
    SELECT number_no
    FROM register
    WHERE number_no IS NOT NULL
    GROUP BY number_no
    HAVING count(*) BETWEEN 2 AND 20
),
sharing AS (
    SELECT r.row_key, r.number_no FROM register r JOIN repeated d ON r.number_no = d.number_no
),
unnumbered AS (
    SELECT row_key, household_no, name_key FROM register WHERE number_no IS NULL
),
untold AS (
    SELECT r.row_key, r.number_no, r.id_number, r.name_key, r.birth_date
    FROM register r
    LEFT JOIN sharing s ON r.row_key = s.row_key
    WHERE r.number_no IS NULL OR r.misdated OR s.row_key IS NOT NULL
),
namesake AS (
    SELECT
        u.row_key,
        r.row_key AS other_key,
        coalesce(u.birth_date = r.birth_date, FALSE)
        AND u.birth_date NOT IN (SELECT birth_date FROM identity.busy_day) AS of_one_day,
        u.number_no IS NULL
        AND CASE
            WHEN left(u.id_number, 9) = left(r.id_number, 9) OR right(u.id_number, 9) = right(r.id_number, 9)
                THEN osa_distance(u.id_number, r.id_number) <= 1
            ELSE FALSE
        END AS of_a_slip
    FROM untold u
    JOIN register r
        ON u.name_key = r.name_key
        AND u.row_key <> r.row_key
        AND coalesce(u.number_no <> r.number_no, TRUE)
),
pair AS (
    SELECT a.row_key AS left_key, b.row_key AS right_key, 'same number' AS method
    FROM sharing a
    JOIN sharing b ON a.number_no = b.number_no AND a.row_key < b.row_key
    UNION
    SELECT least(f.row_key, r.row_key), greatest(f.row_key, r.row_key), 'former number'
    FROM former f
    JOIN register r ON f.former_no = r.number_no AND f.row_key <> r.row_key
    UNION
    SELECT a.row_key, b.row_key, 'same former number'
    FROM former a
    JOIN former b ON a.former_no = b.former_no AND a.row_key < b.row_key
    UNION
    SELECT least(u.row_key, r.row_key), greatest(u.row_key, r.row_key), 'household'
    FROM unnumbered u
    JOIN register r ON u.household_no = r.household_no AND u.name_key = r.name_key AND u.row_key <> r.row_key
    UNION
    SELECT least(row_key, other_key), greatest(row_key, other_key), 'namesake'
    FROM namesake
    WHERE of_one_day OR of_a_slip
)
SELECT
    p.left_key,
    p.right_key,
    p.method,
    a.number_no AS left_number_no,
    b.number_no AS right_number_no,
    CASE
        WHEN a.name_key IS NULL OR b.name_key IS NULL THEN 0
        WHEN a.name_key = b.name_key THEN 6
        WHEN a.former_name_key = b.name_key OR b.former_name_key = a.name_key THEN 6
        ELSE name_level(a.name_key, b.name_key)
    END AS name_level,
    md5(concat_ws('|', a.number_no, a.name_key, a.birth_date, a.household_no)) AS left_subject,
    md5(concat_ws('|', b.number_no, b.name_key, b.birth_date, b.household_no)) AS right_subject,
    a.birth_date = b.birth_date AS birth_agrees,
    coalesce(
        abs(year(a.birth_date) - year(b.birth_date)) >= 12
        AND (month(a.birth_date) <> month(b.birth_date) OR day(a.birth_date) <> day(b.birth_date)),
        FALSE
    ) AS generation_apart,
    a.sex = b.sex AS sex_agrees,
    a.household_no = b.household_no AS household_agrees,
    CASE
        WHEN p.method = 'namesake' AND a.id_number IS NOT NULL AND b.id_number IS NOT NULL
            THEN osa_distance(a.id_number, b.id_number)
    END AS slips
FROM pair p
JOIN register a ON p.left_key = a.row_key
JOIN register b ON p.right_key = b.row_key
