-- Candidates compared field by field in graded levels. One row of: residual row × register row; pairs whose names
-- disagree are kept only where the number says that they belong together.
-- From: identity.block_pair, ruled, residual, register_profile, known_contact, companion.
-- The birth date is the row's own, else what its number says: against a register row without a valid number, and
-- between two valid numbers that are not near (a person may have had a number that the register forgot).
-- Another row of a member's own on the family's roll says as little, or as much, of her as of those who live with her.
-- To hold the number counts once: its holder is not her spouse's companion, too.
-- Two valid numbers may be near by damage (digits swapped ten places apart keep the check character); but where only
-- what follows the birth date differs, they are those of two people born on one day.
WITH pair AS (
    SELECT DISTINCT b.row_key, b.register_key, b.person_key
    FROM identity.block_pair b
    ANTI JOIN identity.ruled d ON b.row_key = d.row_key AND b.person_key = d.person_key AND NOT d.same
),
related AS (
    SELECT row_key, max(kind) AS kind FROM identity.companion GROUP BY row_key
),
side_by_side AS (
    SELECT
        p.row_key,
        p.register_key,
        p.person_key,
        s.id_number AS left_number,
        s.number_no AS left_no,
        s.id_number_state,
        s.taken,
        r.id_number AS right_number,
        r.number_no AS right_no,
        r.former_number_no AS right_former_no,
        r.doubtful,
        s.name_key AS left_name,
        r.name_key AS right_name,
        r.former_name_key AS right_former_name,
        coalesce(s.birth_date, CASE WHEN r.number_no IS NULL THEN s.birth END) AS own_birth,
        s.birth AS left_number_birth,
        r.birth_date AS right_birth,
        s.sex AS left_sex,
        r.sex AS right_sex,
        CASE
            WHEN kp.value IS NOT NULL THEN 'equal'
            WHEN s.phone IS NULL OR r.phone IS NULL THEN 'missing'
            ELSE 'differs'
        END AS phone_level,
        kp.sharers AS phone_sharers,
        CASE
            WHEN ka.value IS NOT NULL THEN 'equal'
            WHEN s.address IS NULL OR r.address IS NULL THEN 'missing'
            ELSE 'differs'
        END AS address_level,
        ka.sharers AS address_sharers,
        CASE
            WHEN c.kind = 'holder of the number' AND s.number_no IN (r.number_no, r.former_number_no) THEN 'none'
            WHEN c.kind IS NOT NULL THEN c.kind
            WHEN o.kind = 'spouse on the row' THEN 'not of the spouse''s household'
            ELSE 'none'
        END AS relation_level,
        s.companion_name_key,
        r.household_no
    FROM pair p
    JOIN identity.residual s ON p.row_key = s.row_key
    JOIN identity.register_profile r ON p.register_key = r.row_key
    LEFT JOIN identity.known_contact kp ON s.phone = kp.value AND p.person_key = kp.person_key
    LEFT JOIN identity.known_contact ka ON s.address = ka.value AND p.person_key = ka.person_key
    LEFT JOIN identity.companion c
        ON p.row_key = c.row_key
        AND r.household_no = c.household_no
        AND (p.person_key <> c.companion_key OR c.kind = 'family on the roll')
    LEFT JOIN related o ON p.row_key = o.row_key
),
measured AS (
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
    FROM side_by_side
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
    left_name AS name_key,
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
        WHEN abs(datediff('day', left_birth, right_birth)) BETWEEN 17 AND 56 THEN 'lunar'
        ELSE 'differs'
    END AS birth_level,
    CASE
        WHEN left_sex IS NULL OR right_sex IS NULL THEN 'missing'
        WHEN left_sex = right_sex THEN 'equal'
        ELSE 'differs'
    END AS sex_level,
    phone_level,
    phone_sharers,
    address_level,
    address_sharers,
    relation_level
FROM dated
)
SELECT *
FROM graded
WHERE
    name_level NOT IN ('surname', 'different')
    OR number_level IN ('equal', 'former', 'letters for digits', 'one slip', 'two slips', 'first 15')
