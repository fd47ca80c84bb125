-- Register rows that may be one person's and are not taken so, or of one number and two people: for a clerk.
-- `may_be_one`: nothing keeps them apart: what one of the two tells may be true of the other. `registered_anew`: one of
-- the two is deregistered, the other valid, both of one house and name: the same person, perhaps, under a corrected
-- number or birth date.
-- grain: a pair of register rows, each way round, however many keys set the two side by side (the number then says what
--   the first of the methods below says)
-- columns: left_key, right_key, left_person_key, right_person_key, left_subject, right_subject, may_be_one,
--   registered_anew, number_level, name_level, birth_level, sex_level, phone_level, address_level
-- from: identity.clerical, identity.name_grade, identity.register_pair, identity.register_profile
WITH doubted AS (
    SELECT
        left_key,
        right_key,
        left_subject,
        right_subject,
        name_level,
        coalesce(birth_agrees AND (slips <= 2 OR coalesce(sex_agrees, TRUE)), FALSE)
        OR coalesce(slips <= 1, FALSE)
        OR method IN ('same house', 'registered anew')
        OR (method = 'same number' AND name_level = $equal_name AND lives_apart AND NOT generation_apart) AS may_be_one,
        CASE
            WHEN method = 'same number' THEN 'equal'
            WHEN
                method IN ('same house', 'registered anew') AND left_number_no IS NOT NULL AND right_number_no IS NOT NULL
                THEN 'other, both valid'
            WHEN method = 'registered anew' THEN 'other, damaged'
            WHEN method IN ('former number', 'same former number') THEN 'former'
            WHEN slips IS NULL THEN 'missing'
            WHEN slips <= 1 THEN 'one slip'
            WHEN slips = 2 THEN 'two slips'
            WHEN left_number_no IS NULL OR right_number_no IS NULL THEN 'other, damaged'
            ELSE 'other, both valid'
        END AS number_level,
        CASE
            WHEN method = 'same number' THEN 1
            WHEN method IN ('former number', 'same former number') THEN 2
            WHEN method = 'same house' THEN 3
            WHEN method = 'registered anew' THEN 4
            WHEN method = 'namesake' THEN 5
            ELSE 6
        END AS place
    FROM identity.register_pair
    WHERE
        method IN ('same number', 'same house', 'registered anew', 'namesake')
        OR (method = 'like number' AND name_level >= CASE WHEN slips <= 1 THEN 1 ELSE $alike_name END)
        OR (method IN ('former number', 'same former number') AND birth_agrees AND coalesce(sex_agrees, TRUE))
),
once AS (
    SELECT
        left_key,
        right_key,
        left_subject,
        right_subject,
        name_level,
        bool_or(may_be_one) AS may_be_one,
        arg_min(number_level, place) AS number_level
    FROM doubted
    GROUP BY left_key, right_key, left_subject, right_subject, name_level
),
each_way AS (
    SELECT left_key, right_key, left_subject, right_subject, name_level, may_be_one, number_level FROM once
    UNION ALL
    SELECT right_key, left_key, right_subject, left_subject, name_level, may_be_one, number_level FROM once
)
SELECT
    p.left_key,
    p.right_key,
    a.person_key AS left_person_key,
    b.person_key AS right_person_key,
    p.left_subject,
    p.right_subject,
    p.may_be_one,
    p.may_be_one
    AND p.name_level = $equal_name
    AND (a.status = 1) <> (b.status = 1)
    AND (coalesce(a.household_no = b.household_no, FALSE) OR coalesce(a.address = b.address, FALSE)) AS registered_anew,
    p.number_level,
    g.level AS name_level,
    CASE WHEN a.birth_date = b.birth_date THEN 'equal' WHEN a.birth_date <> b.birth_date THEN 'differs' ELSE 'missing' END
        AS birth_level,
    CASE WHEN a.sex = b.sex THEN 'equal' WHEN a.sex <> b.sex THEN 'differs' ELSE 'missing' END AS sex_level,
    CASE WHEN a.phone = b.phone THEN 'equal' WHEN a.phone <> b.phone THEN 'differs' ELSE 'missing' END AS phone_level,
    CASE WHEN a.address = b.address THEN 'equal' WHEN a.address <> b.address THEN 'differs' ELSE 'missing' END AS address_level
FROM each_way p
JOIN identity.register_profile a ON p.left_key = a.row_key
JOIN identity.register_profile b ON p.right_key = b.row_key
JOIN identity.name_grade g ON p.name_level = g.grade
LEFT JOIN identity.clerical c
    ON (p.left_subject = c.subject AND p.right_subject = c.other_subject)
    OR (p.right_subject = c.subject AND p.left_subject = c.other_subject)
WHERE a.person_key <> b.person_key AND c.subject IS NULL
