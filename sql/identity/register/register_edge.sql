-- Two register rows that are one person: the same valid number, or one that 曾用身份号码 connects, with names that agree; or
-- one household with the same name and birth date twice, one of them without a valid number; or namesakes with one edit
-- between a number that is not valid and the other's (moved, and damaged on the way), also where the names sound or
-- look alike and the birth dates are equal. A clerk's decision overrides all. A number may have been given to two
-- people (重号), so a number alone connects nobody; nor do number and name connect people a generation apart, or two who
-- live in two places.
-- grain: a pair of register rows
-- columns: left_key, right_key
-- from: identity.clerical, identity.register_pair
WITH decided AS (
    SELECT pair.*, clerical.same
    FROM identity.register_pair AS pair
    LEFT JOIN identity.clerical
        ON (pair.left_subject = clerical.subject AND pair.right_subject = clerical.other_subject)
        OR (pair.right_subject = clerical.subject AND pair.left_subject = clerical.other_subject)
)
SELECT left_key, right_key
FROM decided
WHERE
    coalesce(same, TRUE)
    AND (
    same
    OR (method = 'same number' AND name_level = $equal_name AND NOT generation_apart AND NOT lives_apart)
    OR (method = 'former number' AND name_level = $equal_name)
    OR (method = 'same former number' AND name_level = $equal_name AND birth_agrees)
    OR (method = 'household' AND name_level = $equal_name AND birth_agrees AND coalesce(sex_agrees, TRUE))
    OR (
        method = 'namesake'
        AND edit_distance <= 1
        AND (left_number_no IS NULL OR right_number_no IS NULL)
        AND coalesce(sex_agrees, TRUE)
        AND NOT generation_apart
    )
    OR (method = 'like number' AND edit_distance <= 1 AND name_level >= $alike_name AND coalesce(sex_agrees, TRUE))
    OR (
        method IN ('same number', 'former number')
        AND name_level >= $alike_name
        AND coalesce(birth_agrees, TRUE)
        AND coalesce(sex_agrees, TRUE)
    )
    OR (
        method = 'former number'
        AND name_level >= 2
        AND birth_agrees
        AND coalesce(sex_agrees, TRUE)
        AND coalesce(household_agrees, FALSE)
    )
    )
GROUP BY left_key, right_key
