-- Pairs compared field by field in graded levels. One row of: pair. From: febrl.measured.
-- Given name and surname are one field, for they are swapped at times; so are the two lines of an address.
SELECT
    by_chance,
    left_key,
    right_key,
    CASE
        WHEN given IS NULL AND surname IS NULL AND given_surname IS NULL AND surname_given IS NULL THEN 'missing'
        WHEN given = 100 AND surname = 100 THEN 'equal'
        WHEN given_surname = 100 AND surname_given = 100 THEN 'swapped'
        WHEN greatest(given, surname) = 100 AND least(given, surname) >= 80 THEN 'one equal, one alike'
        WHEN greatest(given_surname, surname_given) = 100 AND least(given_surname, surname_given) >= 80
            THEN 'swapped, one alike'
        WHEN least(given, surname) >= 80 AND given IS NOT NULL AND surname IS NOT NULL THEN 'both alike'
        WHEN surname = 100 THEN 'surname equal'
        WHEN given = 100 THEN 'given name equal'
        WHEN greatest(given_surname, surname_given) = 100 THEN 'one equal, in the other place'
        WHEN greatest(given, surname, given_surname, surname_given) >= 88 THEN 'one alike'
        ELSE 'different'
    END AS name_level,
    CASE
        WHEN birth_slips IS NULL THEN 'missing'
        WHEN birth_slips = 0 THEN 'equal'
        WHEN day_month_swapped THEN 'swapped'
        WHEN birth_slips = 1 THEN 'one slip'
        WHEN birth_slips = 2 THEN 'two slips'
        ELSE 'differs'
    END AS birth_level,
    CASE
        WHEN number_slips IS NULL THEN 'missing'
        WHEN number_slips = 0 THEN 'equal'
        WHEN number_slips = 1 THEN 'one slip'
        WHEN number_slips = 2 THEN 'two slips'
        ELSE 'differs'
    END AS number_level,
    CASE
        WHEN postcode_slips IS NULL THEN 'missing'
        WHEN postcode_slips = 0 THEN 'equal'
        WHEN postcode_slips = 1 THEN 'one slip'
        ELSE 'differs'
    END AS postcode_level,
    CASE
        WHEN house_slips IS NULL THEN 'missing'
        WHEN house_slips = 0 THEN 'equal'
        WHEN house_slips = 1 THEN 'one slip'
        ELSE 'differs'
    END AS house_level,
    CASE
        WHEN street IS NULL THEN 'missing'
        WHEN street = 100 THEN 'equal'
        WHEN street >= 88 THEN 'alike'
        ELSE 'differs'
    END AS street_level,
    CASE
        WHEN suburb IS NULL THEN 'missing'
        WHEN suburb = 100 THEN 'equal'
        WHEN suburb >= 88 THEN 'alike'
        ELSE 'differs'
    END AS suburb_level,
    CASE
        WHEN state_agrees IS NULL THEN 'missing'
        WHEN state_agrees THEN 'equal'
        ELSE 'differs'
    END AS state_level
FROM febrl.measured
