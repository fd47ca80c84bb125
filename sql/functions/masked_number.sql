-- An identity number as lists show it: its first 6 and last 4 characters; one that is too short for that wholly hidden.
-- grain: a value
-- columns: masked_number
-- from: nothing
SELECT
    CASE
        WHEN length($number) >= 15
            THEN concat(
                substr($number, 1, 6), repeat('*', CAST(length($number) - 10 AS INTEGER)), right($number, 4)
            )
        ELSE repeat('*', CAST(length($number) AS INTEGER))
    END AS masked_number
