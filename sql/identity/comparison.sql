-- Candidates compared field by field in graded levels. One row of: residual row × register row.
-- From: identity.block_pair, residual, register_profile, name_frequency, value_frequency.
WITH pair AS (
    SELECT DISTINCT row_key, register_key, person_key FROM identity.block_pair
),
holder_household AS (
    SELECT DISTINCT s.row_key, r.household_no
    FROM identity.residual s
    JOIN identity.known_number k ON s.id_number18 = k.id_number18
    JOIN identity.register_profile r ON k.person_key = r.person_key
    WHERE s.taken
),
side_by_side AS (
    SELECT
        p.row_key,
        p.register_key,
        p.person_key,
        s.id_number AS left_number,
        s.id_number18 AS left_number18,
        s.id_number_state,
        s.taken,
        coalesce(r.id_number18, r.id_number) AS right_number,
        r.id_number18 AS right_number18,
        r.former_id_number18 AS right_former18,
        coalesce(s.name_key, '') AS left_name,
        coalesce(r.name_key, '') AS right_name,
        r.former_name_key AS right_former_name,
        s.birth_date AS left_birth,
        r.birth_date AS right_birth,
        s.sex AS left_sex,
        r.sex AS right_sex,
        s.phone AS left_phone,
        r.phone AS right_phone,
        s.address AS left_address,
        r.address AS right_address,
        r.other_address AS right_other_address,
        h.row_key IS NOT NULL AS holder_household
    FROM pair p
    JOIN identity.residual s ON p.row_key = s.row_key
    JOIN identity.register_profile r ON p.register_key = r.row_key
    LEFT JOIN holder_household h ON p.row_key = h.row_key AND r.household_no = h.household_no
),
measured AS (
    SELECT
        *,
        CASE
            WHEN left_number IS NULL OR right_number IS NULL THEN 99
            ELSE osa_distance(left_number, right_number)
        END AS number_distance,
        CASE
            WHEN left_name = '' OR right_name = '' THEN NULL
            WHEN left_name = right_name THEN 6
            WHEN left_name = right_former_name THEN 7
            ELSE name_level(left_name, right_name)
        END AS name_grade
    FROM side_by_side
)
SELECT
    row_key,
    register_key,
    person_key,
    CASE
        WHEN left_number IS NULL THEN 'missing'
        WHEN left_number18 = right_number18 THEN 'equal'
        WHEN left_number18 = right_former18 THEN 'former'
        WHEN taken THEN 'held by another'
        WHEN right_number IS NULL THEN 'missing'
        WHEN left_number18 IS NOT NULL AND right_number18 IS NOT NULL AND number_distance <= 2 THEN 'near, both valid'
        WHEN left_number18 IS NOT NULL AND right_number18 IS NOT NULL THEN 'other, both valid'
        WHEN number_distance <= 1 AND length(left_number) >= 17 THEN 'one slip'
        WHEN length(left_number) >= 15 AND left(left_number, 15) = left(right_number, 15) THEN 'first 15'
        WHEN number_distance = 2 AND length(left_number) >= 16 THEN 'two slips'
        WHEN
            length(left_number) = 15
            AND osa_distance(
                left_number, substr(right_number, 1, 6) || substr(right_number, 9, 9)
            ) <= 1
            THEN 'one slip'
        WHEN id_number_state = 'scientific' THEN
            CASE
                WHEN left(replace(left_number, '.', ''), 4) = left(right_number, 4) THEN 'scientific'
                ELSE 'other, damaged'
            END
        WHEN number_distance <= 4 AND length(left_number) >= 12 THEN 'some slips'
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
        WHEN datediff('day', left_birth, right_birth) BETWEEN 17 AND 56 THEN 'lunar'
        ELSE 'differs'
    END AS birth_level,
    CASE
        WHEN left_sex IS NULL OR right_sex IS NULL THEN 'missing'
        WHEN left_sex = right_sex THEN 'equal'
        ELSE 'differs'
    END AS sex_level,
    CASE
        WHEN left_phone IS NULL OR right_phone IS NULL THEN 'missing'
        WHEN left_phone = right_phone THEN 'equal'
        ELSE 'differs'
    END AS phone_level,
    CASE
        WHEN left_address IS NULL OR (right_address IS NULL AND right_other_address IS NULL) THEN 'missing'
        WHEN left_address = right_address OR left_address = right_other_address THEN 'equal'
        ELSE 'differs'
    END AS address_level,
    CASE WHEN holder_household AND taken THEN 'household of the number''s holder' ELSE 'none' END AS relation_level,
    left_name AS name_key,
    left_phone AS phone
FROM measured
