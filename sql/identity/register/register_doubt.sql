-- Register rows that may be one person's and are not taken so, or of one number and two people: for a clerk. However
-- many keys bring two rows together they are one pair; `number_level` is that of the first method in the order of
-- `nth`. Not pairs that a clerk has decided. `may_be_one`: nothing keeps them apart: what is known of one may be true
-- of the other. `registered_anew`: one is deregistered, the other valid, both of one house and name: perhaps the same
-- person under a corrected number or birth date.
-- grain: a pair of register rows, each way round
-- columns: left_key, right_key, left_person_key, right_person_key, left_subject, right_subject, may_be_one,
--   registered_anew, number_level, name_level, birth_level, sex_level, phone_level, address_level
-- from: identity.clerical, identity.name_grade, identity.register_pair, identity.register_profile
WITH doubtful AS (
    SELECT
        left_key,
        right_key,
        left_subject,
        right_subject,
        name_level,
        coalesce(birth_agrees AND (edit_distance <= 2 OR coalesce(sex_agrees, TRUE)), FALSE)
        OR coalesce(edit_distance <= 1, FALSE)
        OR method IN ('same house', 'registered again')
        OR (method = 'same number' AND name_level = $equal_name AND lives_apart AND NOT generation_apart) AS may_be_one,
        CASE
            WHEN method = 'same number' THEN 'equal'
            WHEN
                method IN ('same house', 'registered again')
                AND left_number_no IS NOT NULL
                AND right_number_no IS NOT NULL
                THEN 'other, both valid'
            WHEN method = 'registered again' THEN 'other, damaged'
            WHEN method IN ('former number', 'same former number') THEN 'former'
            WHEN edit_distance IS NULL THEN 'missing'
            WHEN edit_distance <= 1 THEN 'one slip'
            WHEN edit_distance = 2 THEN 'two slips'
            WHEN left_number_no IS NULL OR right_number_no IS NULL THEN 'other, damaged'
            ELSE 'other, both valid'
        END AS number_level,
        CASE
            WHEN method = 'same number' THEN 1
            WHEN method IN ('former number', 'same former number') THEN 2
            WHEN method = 'same house' THEN 3
            WHEN method = 'registered again' THEN 4
            WHEN method = 'namesake' THEN 5
            ELSE 6
        END AS nth
    FROM identity.register_pair
    WHERE
        method IN ('same number', 'same house', 'registered again', 'namesake')
        OR (method = 'like number' AND name_level >= CASE WHEN edit_distance <= 1 THEN 1 ELSE $alike_name END)
        OR (method IN ('former number', 'same former number') AND birth_agrees AND coalesce(sex_agrees, TRUE))
),
distinct_pair AS (
    SELECT
        left_key,
        right_key,
        left_subject,
        right_subject,
        name_level,
        bool_or(may_be_one) AS may_be_one,
        arg_min(number_level, nth) AS number_level
    FROM doubtful
    GROUP BY left_key, right_key, left_subject, right_subject, name_level
),
each_way AS (
    SELECT left_key, right_key, left_subject, right_subject, name_level, may_be_one, number_level FROM distinct_pair
    UNION ALL
    SELECT right_key, left_key, right_subject, left_subject, name_level, may_be_one, number_level FROM distinct_pair
)
SELECT
    each_way.left_key,
    each_way.right_key,
    registered.person_key AS left_person_key,
    other.person_key AS right_person_key,
    each_way.left_subject,
    each_way.right_subject,
    each_way.may_be_one,
    each_way.may_be_one
    AND each_way.name_level = $equal_name
    AND (registered.status = 1) <> (other.status = 1)
    AND (
        coalesce(registered.household_no = other.household_no, FALSE)
        OR coalesce(registered.address = other.address, FALSE)
    ) AS registered_anew,
    each_way.number_level,
    name_grade.level AS name_level,
    CASE
        WHEN registered.birth_date = other.birth_date THEN 'equal'
        WHEN registered.birth_date <> other.birth_date THEN 'differs'
        ELSE 'missing'
    END
        AS birth_level,
    CASE
        WHEN registered.sex = other.sex THEN 'equal'
        WHEN registered.sex <> other.sex THEN 'differs'
        ELSE 'missing'
    END AS sex_level,
    CASE
        WHEN registered.phone = other.phone THEN 'equal'
        WHEN registered.phone <> other.phone THEN 'differs'
        ELSE 'missing'
    END AS phone_level,
    CASE
        WHEN registered.address = other.address THEN 'equal'
        WHEN registered.address <> other.address THEN 'differs'
        ELSE 'missing'
    END AS address_level
FROM each_way
JOIN identity.register_profile AS registered ON each_way.left_key = registered.row_key
JOIN identity.register_profile AS other ON each_way.right_key = other.row_key
JOIN identity.name_grade ON each_way.name_level = name_grade.grade
LEFT JOIN identity.clerical
    ON (each_way.left_subject = clerical.subject AND each_way.right_subject = clerical.other_subject)
    OR (each_way.right_subject = clerical.subject AND each_way.left_subject = clerical.other_subject)
WHERE registered.person_key <> other.person_key AND clerical.subject IS NULL
