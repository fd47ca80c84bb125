-- Candidates compared field by field in graded levels. One row of: residual row × register row; pairs whose names
-- disagree are kept only where the number says that they belong together. From: identity.side_by_side.
-- Between two valid numbers that are not near, the date in the row's number is compared, too: a person may have had a
-- number that the register forgot. Two valid numbers may be near by damage (digits swapped ten places apart keep the
-- check character); but where only what follows the birth date differs, they are those of two people born on one day.
-- An equal birth date that the near-miss number already holds counts once (level `in the number`).
WITH measured AS (
    SELECT
        *,
        CASE
            WHEN left_number IS NULL OR right_number IS NULL OR length(left_number) < 12 THEN 99
            WHEN
                left(left_number, 6) = left(right_number, 6)
                OR right(left_number, 4) = right(right_number, 4)
                OR substr(left_number, 7, 8) = substr(right_number, 7, 8)
                THEN osa_distance(left_number, right_number)
            ELSE 99
        END AS number_distance,
        coalesce(
            left_no IS NULL
            AND right_no IS NOT NULL
            AND length(left_number) = 18
            AND try_cast(left_number AS BIGINT) % 64 = 0
            AND abs(try_cast(left(left_number, 17) AS BIGINT) - right_no) <= 7,
            FALSE
        )
        OR coalesce(
            left_number LIKE '%000' AND abs(try_cast(left(left_number, 15) AS BIGINT) - right_no // 100) <= 1, FALSE
        ) AS rounded,
        CASE
            WHEN left_name IS NULL OR right_name IS NULL THEN NULL
            WHEN left_name = right_name THEN 6
            WHEN left_name = right_former_name THEN 7
            ELSE name_level(left_name, right_name)
        END AS name_grade
    FROM identity.side_by_side
),
dated AS (
    SELECT
        *,
        coalesce(
            own_birth,
            CASE
                WHEN
                    left_no IS NOT NULL
                    AND right_no IS NOT NULL
                    AND NOT taken
                    AND NOT doubtful
                    AND (number_distance > 2 OR left(left_number, 14) = left(right_number, 14))
                    THEN left_number_birth
            END
        ) AS left_birth
    FROM measured
),
graded AS (
SELECT
    row_key,
    register_key,
    person_key,
    CASE
        WHEN left_number IS NULL THEN 'missing'
        WHEN left_no = right_no THEN 'equal'
        WHEN left_no = right_former_no THEN 'former'
        WHEN taken THEN 'held by another'
        WHEN right_number IS NULL THEN 'missing'
        WHEN rounded THEN 'first 15'
        WHEN
            left_no IS NOT NULL
            AND right_no IS NOT NULL
            AND number_distance <= 2
            AND left(left_number, 14) <> left(right_number, 14)
            THEN 'near, both valid'
        WHEN left_no IS NOT NULL AND right_no IS NOT NULL AND doubtful THEN 'missing'
        WHEN left_no IS NOT NULL AND right_no IS NOT NULL THEN 'other, both valid'
        WHEN number_distance = 0 THEN 'letters for digits'
        WHEN number_distance = 1 THEN 'one slip'
        WHEN length(left_number) >= 15 AND left(left_number, 15) = left(right_number, 15) THEN 'first 15'
        WHEN number_distance = 2 AND length(left_number) >= 16 THEN 'two slips'
        WHEN
            length(left_number) BETWEEN 14 AND 16
            AND osa_distance(left_number, substr(right_number, 1, 6) || substr(right_number, 9, 9)) <= 1
            THEN 'one slip'
        WHEN id_number_state = 'scientific' AND left(replace(left_number, '.', ''), 4) = left(right_number, 4)
            THEN 'scientific'
        WHEN
            contains(right_number, 'E') AND left(replace(right_number, '.', ''), 4) = left(left_number, 4)
            THEN 'scientific'
        WHEN number_distance <= 4 AND left(left_number, 14) <> left(right_number, 14) THEN 'some slips'
        WHEN doubtful OR length(left_number) < 12 THEN 'unreadable'
        ELSE 'other, damaged'
    END AS number_level,
    CASE
        WHEN name_grade IS NULL THEN 'missing'
        WHEN name_grade = 7 THEN 'former'
        WHEN name_grade = 6 THEN 'equal'
        WHEN name_grade = 5 THEN 'reading'
        WHEN name_grade = 4 THEN 'look-alike'
        WHEN name_grade = 3 THEN 'gap'
        WHEN name_grade = 2 THEN 'one differs'
        WHEN name_grade = 1 THEN 'surname'
        ELSE 'different'
    END AS name_level,
    CASE
        WHEN left_birth IS NULL OR right_birth IS NULL THEN 'missing'
        WHEN left_birth = right_birth THEN 'equal'
        WHEN is_lunar THEN 'lunar'
        WHEN
            year(left_birth) = year(right_birth)
            AND month(left_birth) = day(right_birth)
            AND day(left_birth) = month(right_birth)
            THEN 'swapped'
        WHEN
            CAST(year(left_birth) = year(right_birth) AS INTEGER)
            + CAST(month(left_birth) = month(right_birth) AS INTEGER)
            + CAST(day(left_birth) = day(right_birth) AS INTEGER) = 2
            THEN 'one part differs'
        WHEN month(left_birth) = 1 AND day(left_birth) = 1 AND year(left_birth) = year(right_birth) THEN 'year only'
        WHEN abs(datediff('day', left_birth, right_birth)) BETWEEN 17 AND 56 THEN 'about a lunar month'
        ELSE 'differs'
    END AS birth_level,
    CASE
        WHEN left_sex IS NULL OR right_sex IS NULL THEN 'missing'
        WHEN left_sex = right_sex THEN 'equal'
        ELSE 'differs'
    END AS sex_level,
    phone_level,
    address_level,
    relation_level,
    CASE WHEN name_grade >= 6 THEN name_bound END AS name_bound,
    phone_bound,
    address_bound
FROM dated
)
SELECT
    row_key,
    register_key,
    person_key,
    number_level,
    name_level,
    CASE
        WHEN
            birth_level = 'equal'
            AND number_level IN (
                'letters for digits', 'one slip', 'first 15', 'two slips', 'equal', 'former', 'near, both valid'
            )
            THEN 'in the number'
        ELSE birth_level
    END AS birth_level,
    sex_level,
    phone_level,
    address_level,
    relation_level,
    name_bound,
    phone_bound,
    address_bound
FROM graded
WHERE
    name_level NOT IN ('surname', 'different')
    OR number_level IN ('equal', 'former', 'letters for digits', 'one slip', 'two slips', 'first 15')
