-- Candidate pairs compared field by field in graded levels: of each field the first whose condition is true. An equal
-- birth date that the near number already holds counts once (level `in the number`). An address agrees in part where
-- one is the beginning of the other, or its end from the village or the estate on, or where all numbers agree and one
-- edit makes the rest equal. The holder of a number is not also the spouse's housemate. What is rare here proves more:
-- see `field_feature` for `*_bound`.
-- Written from outreach/identity/levels.py by `python -m outreach.identity.level_files`: not to be edited.
-- grain: an unlinked record × register row × related household, if any
-- columns: row_key, register_key, person_key, number_level, name_level, birth_level, sex_level, phone_level,
--   address_level, relation_level, name_bound, phone_bound, address_bound
-- from: identity.field_feature
SELECT
    row_key,
    register_key,
    person_key,
    number_level,
    name_level,
    CASE
        WHEN left_birth IS NULL AND year(right_birth) > latest_birth_year THEN 'too young'
        WHEN left_birth IS NULL OR right_birth IS NULL THEN 'missing'
        WHEN left_birth = right_birth AND number_level IN ($number_holds_birth) THEN 'in the number'
        WHEN left_birth = right_birth THEN 'equal'
        WHEN left_cell_birth = right_lunar OR right_birth = left_lunar THEN 'lunar'
        WHEN
            year(left_birth) = year(right_birth)
            AND month(left_birth) = day(right_birth)
            AND day(left_birth) = month(right_birth)
            THEN 'swapped'
        WHEN
            CAST(year(left_birth) = year(right_birth) AS INTEGER)
            + CAST(month(left_birth) = month(right_birth) AS INTEGER)
            + CAST(day(left_birth) = day(right_birth) AS INTEGER) = 2
            OR abs(datediff('day', left_birth, right_birth)) = 1
            THEN 'one part differs'
        WHEN month(left_birth) = 1 AND day(left_birth) = 1 AND year(left_birth) = year(right_birth) THEN 'year only'
        WHEN
            abs(datediff('day', left_birth, right_birth)) BETWEEN $lunar_days_min AND $lunar_days_max
            THEN 'about a lunar month'
        ELSE 'differs'
    END AS birth_level,
    CASE
        WHEN left_sex IS NULL OR right_sex IS NULL THEN 'missing'
        WHEN left_sex = right_sex THEN 'equal'
        ELSE 'differs'
    END AS sex_level,
    CASE
        WHEN phone_is_known THEN 'equal'
        WHEN phone_in_household THEN 'of the household'
        WHEN left_phone IS NULL OR right_phone IS NULL THEN 'missing'
        ELSE 'differs'
    END AS phone_level,
    CASE
        WHEN address_is_known THEN 'equal'
        WHEN address_in_household THEN 'of the household'
        WHEN left_address IS NULL OR right_address IS NULL THEN 'missing'
        WHEN
            (
                (starts_with(right_address, left_address) OR starts_with(left_address, right_address))
                AND regexp_matches(left_address, '[0-9]')
                AND regexp_matches(right_address, '[0-9]')
            )
            OR (
                ends_with(right_address, left_address)
                AND regexp_matches(left_address, '^[^0-9]{2}.*[0-9]')
            )
            OR (
                ends_with(left_address, right_address)
                AND regexp_matches(right_address, '^[^0-9]{2}.*[0-9]')
            )
            OR (
                length(left_address) >= $address_length_min
                AND abs(length(left_address) - length(right_address)) <= 1
                AND (
                    left(left_address, 4) = left(right_address, 4)
                    OR right(left_address, 4) = right(right_address, 4)
                )
                AND regexp_replace(left_address, '[^0-9-]', '', 'g')
                = regexp_replace(right_address, '[^0-9-]', '', 'g')
                AND osa_distance(left_address, right_address) <= 1
            )
            THEN 'in part'
        WHEN
            starts_with(right_address, left(left_address, 4))
            AND length(regexp_replace(left_address, '[0-9].*$', '')) >= $street_length_min
            AND regexp_replace(left_address, '[0-9].*$', '')
            = regexp_replace(right_address, '[0-9].*$', '')
            THEN 'same street'
        ELSE 'differs'
    END AS address_level,
    CASE
        WHEN relation_kind = 'holder of the number' AND left_no IN (right_no, right_former_no) THEN 'none'
        WHEN
            relation_kind = 'spouse on the row'
            AND abs(year(right_birth) - year(related_birth_date)) > $spouse_years_max
            THEN 'a generation from the spouse'
        WHEN relation_kind = 'spouse on the row' THEN 'spouse on the row'
        WHEN relation_kind = 'family on the roll' THEN 'family on the roll'
        WHEN relation_kind = 'holder of the number' THEN 'holder of the number'
        WHEN relation_kind = 'companion''s name' THEN 'companion''s name'
        WHEN row_relation_kind = 'spouse on the row' THEN 'not of the spouse''s household'
        ELSE 'none'
    END AS relation_level,
    name_bound,
    phone_bound,
    address_bound
FROM identity.field_feature
