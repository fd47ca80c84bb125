-- Candidate pairs compared field by field in graded levels. Pairs whose names disagree are kept only where the number
-- says that they belong together, or, for an equal surname, birth date and phone or address, or birthday and phone.
-- Number and name come first: pairs that they rule out need no more. Between two valid numbers that are not near, the
-- date in the row's number is compared, too: a person may have had a number that the register forgot. Two valid numbers
-- may be near by damage (digits swapped ten places apart keep the check character); but where only what follows the
-- birth date differs, they are those of two people born on one day. Where an office masks places of a number
-- (340102********0017, or only 0017), the places shown are compared: the last four tell people apart, a beginning
-- proves no more than the birth date. Names with the same characters masked (张*) are no more equal than a name with one
-- character lost; where all but the surname is masked, the name proves as much as the surname. What a spreadsheet or a
-- short column left of a number is no other number, on either side: the digits that are left count. An address agrees
-- in part where one is the beginning of the other, or its end from the village or the estate on, or where all numbers
-- agree and one edit makes the rest equal. An equal birth date that the near number already holds counts once (level
-- `in the number`). Another row of the person's own on the family's roll counts like those of the people of one
-- household. The holder of a number is not also the spouse's housemate. What is rare here proves more: `*_bound` is the
-- most that an equal name, phone or address can weigh (log2), by how many others share it and by how rare it can be at
-- all ($name_share_min and the like).
-- grain: an unlinked record × register row × related household, if any
-- columns: row_key, register_key, person_key, number_level, name_level, birth_level, sex_level, phone_level,
--   address_level, relation_level, name_bound, phone_bound, address_bound
-- from: identity.alternate_name_match, identity.candidate_pair, identity.household_contact, identity.known_contact,
--   identity.lunar_day, identity.masked_given_name, identity.name_frequency, identity.name_grade,
--   identity.register_size, identity.related_household, identity.row_context, identity.unlinked_record
WITH features AS (
    SELECT
        record.*,
        row_context.latest_birth_year,
        -log2(coalesce(frequency.rounded_count, 1.0) / size.people + $name_share_min) AS name_bound,
        -log2(masked.rounded_count / size.people + $name_share_min) AS surname_bound
    FROM identity.unlinked_record AS record
    JOIN identity.row_context ON record.row_key = row_context.row_key
    CROSS JOIN identity.register_size AS size
    LEFT JOIN identity.name_frequency AS frequency ON record.name_key = frequency.name_key
    LEFT JOIN identity.masked_given_name AS masked ON record.row_key = masked.row_key
),
pair AS (
    SELECT
        pair.row_key,
        pair.register_key,
        pair.person_key,
        features.id_number AS left_number,
        features.number_no AS left_no,
        features.id_number_state,
        features.other_persons_number,
        pair.id_number AS right_number,
        pair.number_no AS right_no,
        pair.former_number_no AS right_former_no,
        pair.doubtful,
        features.name_key AS left_name,
        pair.name_key AS right_name,
        pair.former_name_key AS right_former_name,
        features.birth_date AS left_cell_birth,
        features.birth AS left_number_birth,
        features.latest_birth_year,
        pair.birth_date AS right_birth,
        features.sex AS left_sex,
        pair.sex AS right_sex,
        features.phone AS left_phone,
        pair.phone AS right_phone,
        features.address AS left_address,
        pair.address AS right_address,
        pair.household_no,
        features.name_bound,
        features.surname_bound,
        alternate.grade AS known_grade
    FROM identity.candidate_pair AS pair
    JOIN features ON pair.row_key = features.row_key
    LEFT JOIN identity.alternate_name_match AS alternate
        ON pair.row_key = alternate.row_key AND pair.person_key = alternate.person_key
),
measured AS (
    SELECT
        *,
        CASE
            WHEN left_number IS NULL OR right_number IS NULL OR length(left_number) < $measured_number_length_min
                THEN $unmeasured_distance
            WHEN
                left(left_number, 6) = left(right_number, 6)
                OR right(left_number, 4) = right(right_number, 4)
                OR substr(left_number, 7, 8) = substr(right_number, 7, 8)
                THEN osa_distance(left_number, right_number)
            ELSE $unmeasured_distance
        END AS number_distance,
        CASE
            WHEN
                left_no IS NULL
                AND right_no IS NOT NULL
                AND length(left_number) = 18
                AND try_cast(left_number AS BIGINT) % $double_step = 0
                AND abs(try_cast(left(left_number, 17) AS BIGINT) - right_no) <= $double_step_17
                THEN TRUE
            WHEN left_number LIKE '%000' AND abs(try_cast(left(left_number, 15) AS BIGINT) - right_no // 100) <= 1
                THEN TRUE
            WHEN
                length(right_number) = 18
                AND right_number LIKE '%000'
                AND abs(try_cast(left(right_number, 15) AS BIGINT) - left_no // 100) <= 1
                THEN TRUE
            ELSE FALSE
        END AS rounded,
        regexp_extract(
            CASE
                WHEN left_no IS NULL AND regexp_matches(left_number, '[*#?●■□]|XX') THEN left_number
                WHEN right_no IS NULL AND regexp_matches(right_number, '[*#?●■□]|XX') THEN right_number
            END,
            '^([0-9]*)[X*#?●■□]{2,}([0-9]*[0-9X]?)$',
            ['head', 'tail']
        ) AS shown_digits,
        CASE
            WHEN left_name = right_name
                THEN CASE WHEN regexp_matches(left_name, '[?*□■○〇◯×_#〓]') THEN $alike_name ELSE $equal_name END
            WHEN left_name = right_former_name THEN 7
            WHEN left_name IS NULL OR right_name IS NULL THEN known_grade
            ELSE greatest(name_level(left_name, right_name), coalesce(known_grade, 0))
        END AS name_grade
    FROM pair
),
levelled AS (
    SELECT
        measured.*,
        CASE
            WHEN left_number IS NULL THEN 'missing'
            WHEN left_no = right_no THEN 'equal'
            WHEN left_no = right_former_no THEN 'former'
            WHEN other_persons_number THEN 'held by another'
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
            WHEN length(left_number) >= $number_length_min AND left(left_number, 15) = left(right_number, 15)
                THEN 'first 15'
            WHEN number_distance = 2 AND length(left_number) >= $dated_number_length_min THEN 'two slips'
            WHEN
                length(left_number) BETWEEN $number_length_min - 1 AND $number_length_min + 1
                AND osa_distance(left_number, substr(right_number, 1, 6) || substr(right_number, 9, 9)) <= 1
                THEN 'one slip'
            WHEN id_number_state = 'scientific' AND left(replace(left_number, '.', ''), 4) = left(right_number, 4)
                THEN 'scientific'
            WHEN
                contains(right_number, 'E') AND left(replace(right_number, '.', ''), 4) = left(left_number, 4)
                THEN 'scientific'
            WHEN
                length(left_number) BETWEEN $truncated_length_min AND $truncated_length_max
                AND starts_with(right_number, left_number)
                THEN 'scientific'
            WHEN
                length(right_number) BETWEEN $truncated_length_min AND $truncated_length_max
                AND starts_with(left_number, right_number)
                THEN 'scientific'
            WHEN
                (
                    length(shown_digits.head) + length(shown_digits.tail) >= $masked_digits_min
                    OR length(shown_digits.tail) >= $masked_tail_min
                )
                AND starts_with(left_number, shown_digits.head)
                AND starts_with(right_number, shown_digits.head)
                AND ends_with(left_number, shown_digits.tail)
                AND ends_with(right_number, shown_digits.tail)
                THEN CASE WHEN length(shown_digits.tail) >= $masked_tail_min THEN 'masked' ELSE 'scientific' END
            WHEN number_distance <= $some_edits_max AND left(left_number, 14) <> left(right_number, 14)
                THEN 'some slips'
            WHEN
                length(left_number) BETWEEN $masked_tail_min AND $masked_tail_max
                AND ends_with(right_number, left_number)
                THEN 'masked'
            WHEN
                doubtful
                OR length(left_number) < $measured_number_length_min
                OR length(right_number) < $measured_number_length_min
                THEN 'unreadable'
            ELSE 'other, damaged'
        END AS number_level,
        CASE
            WHEN measured.name_grade = $alike_name AND measured.surname_bound IS NOT NULL THEN 'surname shown'
            ELSE coalesce(name_grade.level, 'missing')
        END AS name_level
    FROM measured
    LEFT JOIN identity.name_grade ON measured.name_grade = name_grade.grade
),
kept_pair AS (
    SELECT
        *,
        coalesce(
            left_cell_birth,
            CASE
                WHEN
                    right_no IS NULL
                    OR length(shown_digits.head) >= $birth_digits
                    OR (
                        left_no IS NOT NULL
                        AND NOT other_persons_number
                        AND NOT doubtful
                        AND (number_distance > 2 OR left(left_number, 14) = left(right_number, 14))
                    )
                    THEN left_number_birth
            END
        ) AS left_birth
    FROM levelled
    WHERE
        coalesce(name_grade >= 2, TRUE)
        OR number_level IN ('equal', 'former', 'letters for digits', 'one slip', 'two slips', 'first 15', 'masked')
        OR (
            name_grade = 1
            AND left_number_birth = right_birth
            AND (left_phone = right_phone OR left_address = right_address)
        )
        OR (
            name_grade = 1
            AND left_phone = right_phone
            AND month(left_cell_birth) = month(right_birth)
            AND day(left_cell_birth) = day(right_birth)
        )
),
related AS (
    SELECT row_key, max(kind) AS kind FROM identity.related_household GROUP BY row_key
),
graded AS (
    SELECT
        kept_pair.row_key,
        kept_pair.register_key,
        kept_pair.person_key,
        kept_pair.number_level,
        kept_pair.name_level,
        CASE
            WHEN kept_pair.left_birth IS NULL AND year(kept_pair.right_birth) > kept_pair.latest_birth_year
                THEN 'too young'
            WHEN kept_pair.left_birth IS NULL OR kept_pair.right_birth IS NULL THEN 'missing'
            WHEN kept_pair.left_birth = kept_pair.right_birth THEN 'equal'
            WHEN kept_pair.left_cell_birth = registered_lunar.written OR kept_pair.right_birth = record_lunar.written
                THEN 'lunar'
            WHEN
                year(kept_pair.left_birth) = year(kept_pair.right_birth)
                AND month(kept_pair.left_birth) = day(kept_pair.right_birth)
                AND day(kept_pair.left_birth) = month(kept_pair.right_birth)
                THEN 'swapped'
            WHEN
                CAST(year(kept_pair.left_birth) = year(kept_pair.right_birth) AS INTEGER)
                + CAST(month(kept_pair.left_birth) = month(kept_pair.right_birth) AS INTEGER)
                + CAST(day(kept_pair.left_birth) = day(kept_pair.right_birth) AS INTEGER) = 2
                OR abs(datediff('day', kept_pair.left_birth, kept_pair.right_birth)) = 1
                THEN 'one part differs'
            WHEN
                month(kept_pair.left_birth) = 1
                AND day(kept_pair.left_birth) = 1
                AND year(kept_pair.left_birth) = year(kept_pair.right_birth)
                THEN 'year only'
            WHEN
                abs(datediff('day', kept_pair.left_birth, kept_pair.right_birth))
                BETWEEN $lunar_days_min AND $lunar_days_max
                THEN 'about a lunar month'
            ELSE 'differs'
        END AS birth_level,
        CASE
            WHEN kept_pair.left_sex IS NULL OR kept_pair.right_sex IS NULL THEN 'missing'
            WHEN kept_pair.left_sex = kept_pair.right_sex THEN 'equal'
            ELSE 'differs'
        END AS sex_level,
        CASE
            WHEN phone_contact.value IS NOT NULL THEN 'equal'
            WHEN phone_house.value IS NOT NULL THEN 'of the household'
            WHEN kept_pair.left_phone IS NULL OR kept_pair.right_phone IS NULL THEN 'missing'
            ELSE 'differs'
        END AS phone_level,
        CASE
            WHEN address_contact.value IS NOT NULL THEN 'equal'
            WHEN address_house.value IS NOT NULL THEN 'of the household'
            WHEN kept_pair.left_address IS NULL OR kept_pair.right_address IS NULL THEN 'missing'
            WHEN
                (
                    starts_with(kept_pair.right_address, kept_pair.left_address)
                    OR starts_with(kept_pair.left_address, kept_pair.right_address)
                )
                AND regexp_matches(kept_pair.left_address, '[0-9]')
                AND regexp_matches(kept_pair.right_address, '[0-9]')
                THEN 'in part'
            WHEN
                (
                    ends_with(kept_pair.right_address, kept_pair.left_address)
                    AND regexp_matches(kept_pair.left_address, '^[^0-9]{2}.*[0-9]')
                )
                OR (
                    ends_with(kept_pair.left_address, kept_pair.right_address)
                    AND regexp_matches(kept_pair.right_address, '^[^0-9]{2}.*[0-9]')
                )
                THEN 'in part'
            WHEN
                length(kept_pair.left_address) >= $address_length_min
                AND abs(length(kept_pair.left_address) - length(kept_pair.right_address)) <= 1
                AND (
                    left(kept_pair.left_address, 4) = left(kept_pair.right_address, 4)
                    OR right(kept_pair.left_address, 4) = right(kept_pair.right_address, 4)
                )
                AND regexp_replace(kept_pair.left_address, '[^0-9-]', '', 'g')
                    = regexp_replace(kept_pair.right_address, '[^0-9-]', '', 'g')
                AND osa_distance(kept_pair.left_address, kept_pair.right_address) <= 1
                THEN 'in part'
            WHEN
                starts_with(kept_pair.right_address, left(kept_pair.left_address, 4))
                AND length(regexp_replace(kept_pair.left_address, '[0-9].*$', '')) >= $street_length_min
                AND regexp_replace(kept_pair.left_address, '[0-9].*$', '')
                    = regexp_replace(kept_pair.right_address, '[0-9].*$', '')
                THEN 'same street'
            ELSE 'differs'
        END AS address_level,
        CASE
            WHEN
                related_household.kind = 'holder of the number'
                AND kept_pair.left_no IN (kept_pair.right_no, kept_pair.right_former_no)
                THEN 'none'
            WHEN
                related_household.kind = 'spouse on the row'
                AND abs(year(kept_pair.right_birth) - year(related_household.related_birth_date)) > $spouse_years_max
                THEN 'a generation from the spouse'
            WHEN related_household.kind IS NOT NULL THEN related_household.kind
            WHEN related.kind = 'spouse on the row' THEN 'not of the spouse''s household'
            ELSE 'none'
        END AS relation_level,
        CASE
            WHEN kept_pair.name_level = 'surname shown' THEN kept_pair.surname_bound
            WHEN kept_pair.name_grade >= $equal_name THEN kept_pair.name_bound
        END AS name_bound,
        -log2((phone_contact.person_count - 1) / size.people + $phone_share_min) AS phone_bound,
        -log2((address_contact.person_count - 1) / size.people + $address_share_min) AS address_bound
    FROM kept_pair
    CROSS JOIN identity.register_size AS size
    LEFT JOIN identity.known_contact AS phone_contact
        ON kept_pair.left_phone = phone_contact.value AND kept_pair.person_key = phone_contact.person_key
    LEFT JOIN identity.known_contact AS address_contact
        ON kept_pair.left_address = address_contact.value AND kept_pair.person_key = address_contact.person_key
    LEFT JOIN identity.household_contact AS phone_house
        ON kept_pair.left_phone = phone_house.value AND kept_pair.household_no = phone_house.household_no
    LEFT JOIN identity.household_contact AS address_house
        ON kept_pair.left_address = address_house.value AND kept_pair.household_no = address_house.household_no
    LEFT JOIN identity.lunar_day AS registered_lunar ON kept_pair.right_birth = registered_lunar.solar
    LEFT JOIN identity.lunar_day AS record_lunar ON kept_pair.left_cell_birth = record_lunar.solar
    LEFT JOIN identity.related_household
        ON kept_pair.row_key = related_household.row_key
        AND kept_pair.household_no = related_household.household_no
        AND (kept_pair.person_key <> related_household.related_key OR related_household.kind = 'family on the roll')
    LEFT JOIN related ON kept_pair.row_key = related.row_key
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
                'equal', 'former', 'letters for digits', 'one slip', 'two slips', 'first 15', 'near, both valid'
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
