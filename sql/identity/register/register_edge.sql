-- Two register rows that are one person: the same valid number, or 曾用身份号码 ties them, and the names agree; or one
-- household holds the same name and birth date twice and one of the two has no valid number. Or they are namesakes, and
-- one slip turns the number that is not valid into the other: moved, and damaged on the way; so they are where the
-- names sound or look alike, and the birth dates are equal. A number may have belonged to two (重号), so a number alone
-- never ties two rows; nor with the name people a generation apart, or two who live in two places.
-- grain: a pair of register rows
-- columns: left_key, right_key
-- from: identity.clerical, identity.register_pair
WITH ruled AS (
    SELECT p.*, r.same
    FROM identity.register_pair p
    LEFT JOIN identity.clerical r
        ON (p.left_subject = r.subject AND p.right_subject = r.other_subject)
        OR (p.right_subject = r.subject AND p.left_subject = r.other_subject)
)
SELECT left_key, right_key
FROM ruled
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
        AND slips <= 1
        AND (left_number_no IS NULL OR right_number_no IS NULL)
        AND coalesce(sex_agrees, TRUE)
        AND NOT generation_apart
    )
    OR (method = 'like number' AND slips <= 1 AND name_level >= $alike_name AND coalesce(sex_agrees, TRUE))
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
