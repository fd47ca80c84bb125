-- Candidates compared field by field in graded levels. Number and name come first: what they do not keep needs no more.
-- Between two valid numbers that are not near, the date in the row's number is compared, too: a person may have had a
-- number that the register forgot. Two valid numbers may be near by damage (digits swapped ten places apart keep the
-- check character); but where only what follows the birth date differs, they are those of two people born on one day.
-- Where an office hides places of a number (340102********0017, or only 0017), those that are told are compared; the
-- last four tell people apart, a beginning says no more than the birth date does. Names of which the same characters
-- are hidden (张*) are as far from equal as one that is; where all but the surname is hidden, it proves as much as the
-- surname. What a spreadsheet or a short column left of a number is no other number, on whichever side it stands: it
-- counts with the digits that are left. An address agrees in part where the one is the beginning of the other, or its
-- end from the village or the estate on, or where all its numbers agree and one slip makes the rest the other's. An
-- equal birth date that the near-miss number already holds counts once (level `in the number`). Another row of a
-- member's own on the family's roll says as little, or as much, of her as of those who live with her. To hold the
-- number counts once: its holder is not her spouse's companion, too. What is rare here proves more: `*_bound` is the
-- most that an equal name, phone or address can weigh (log2), by how many others share it (of a name of which but the
-- surname is hidden: the surname) and by how rare it can be at all (the small constants: a name that one person here
-- bears is not unheard of).
-- grain: residual row × register row (× companion household); pairs whose names disagree are kept only where the number
--   says that they belong together; or, for the surname's sake, the birth date and the phone or the address, or the
--   birthday and the phone
-- columns: row_key, register_key, person_key, number_level, name_level, birth_level, sex_level, phone_level,
--   address_level, relation_level, name_bound, phone_bound, address_bound
-- from: identity.bearer, identity.companion, identity.household_contact, identity.known_by, identity.known_contact,
--   identity.lunar_day, identity.name_grade, identity.register_size, identity.residual, identity.row_context,
--   identity.shown_surname, identity.side_by_side
WITH said AS (
    SELECT
        s.*,
        x.born_by,
        -log2(coalesce(b.bearers, 1.0) / n.people + $name_share_min) AS name_bound,
        -log2(f.bearers / n.people + $name_share_min) AS surname_bound
    FROM identity.residual s
    JOIN identity.row_context x ON s.row_key = x.row_key
    CROSS JOIN identity.register_size n
    LEFT JOIN identity.bearer b ON s.name_key = b.name_key
    LEFT JOIN identity.shown_surname f ON s.row_key = f.row_key
),
side_by_side AS (
    SELECT
        r.row_key,
        r.register_key,
        r.person_key,
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
        s.birth_date AS left_cell_birth,
        s.birth AS left_number_birth,
        s.born_by,
        r.birth_date AS right_birth,
        s.sex AS left_sex,
        r.sex AS right_sex,
        s.phone AS left_phone,
        r.phone AS right_phone,
        s.address AS left_address,
        r.address AS right_address,
        r.household_no,
        s.name_bound,
        s.surname_bound,
        k.grade AS known_grade
    FROM identity.side_by_side r
    JOIN said s ON r.row_key = s.row_key
    LEFT JOIN identity.known_by k ON r.row_key = k.row_key AND r.person_key = k.person_key
),
measured AS (
    SELECT
        *,
        CASE
            WHEN left_number IS NULL OR right_number IS NULL OR length(left_number) < $measured_number_length_min THEN $unmeasured_distance
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
        ) AS told_digits,
        CASE
            WHEN left_name = right_name THEN CASE WHEN regexp_matches(left_name, '[?*□■○〇◯×_#〓]') THEN $alike_name ELSE $equal_name END
            WHEN left_name = right_former_name THEN 7
            WHEN left_name IS NULL OR right_name IS NULL THEN known_grade
            ELSE greatest(name_level(left_name, right_name), coalesce(known_grade, 0))
        END AS name_grade
    FROM side_by_side
),
told AS (
    SELECT
        m.*,
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
            WHEN length(left_number) >= $number_length_min AND left(left_number, 15) = left(right_number, 15) THEN 'first 15'
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
            WHEN length(left_number) BETWEEN $truncated_length_min AND $truncated_length_max AND starts_with(right_number, left_number) THEN 'scientific'
            WHEN length(right_number) BETWEEN $truncated_length_min AND $truncated_length_max AND starts_with(left_number, right_number) THEN 'scientific'
            WHEN
                (length(told_digits.head) + length(told_digits.tail) >= $masked_digits_min OR length(told_digits.tail) >= $masked_tail_min)
                AND starts_with(left_number, told_digits.head)
                AND starts_with(right_number, told_digits.head)
                AND ends_with(left_number, told_digits.tail)
                AND ends_with(right_number, told_digits.tail)
                THEN CASE WHEN length(told_digits.tail) >= $masked_tail_min THEN 'masked' ELSE 'scientific' END
            WHEN number_distance <= $some_edits_max AND left(left_number, 14) <> left(right_number, 14) THEN 'some slips'
            WHEN length(left_number) BETWEEN $masked_tail_min AND $masked_tail_max AND ends_with(right_number, left_number) THEN 'masked'
            WHEN doubtful OR length(left_number) < $measured_number_length_min OR length(right_number) < $measured_number_length_min THEN 'unreadable'
            ELSE 'other, damaged'
        END AS number_level,
        CASE
            WHEN m.name_grade = $alike_name AND m.surname_bound IS NOT NULL THEN 'surname shown'
            ELSE coalesce(g.level, 'missing')
        END AS name_level
    FROM measured m
    LEFT JOIN identity.name_grade g ON m.name_grade = g.grade
),
kept AS (
    SELECT
        *,
        coalesce(
            left_cell_birth,
            CASE
                WHEN
                    right_no IS NULL
                    OR length(told_digits.head) >= $birth_digits
                    OR (
                        left_no IS NOT NULL
                        AND NOT taken
                        AND NOT doubtful
                        AND (number_distance > 2 OR left(left_number, 14) = left(right_number, 14))
                    )
                    THEN left_number_birth
            END
        ) AS left_birth
    FROM told
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
    SELECT row_key, max(kind) AS kind FROM identity.companion GROUP BY row_key
),
graded AS (
    SELECT
        k.row_key,
        k.register_key,
        k.person_key,
        k.number_level,
        k.name_level,
        CASE
            WHEN k.left_birth IS NULL AND year(k.right_birth) > k.born_by THEN 'too young'
            WHEN k.left_birth IS NULL OR k.right_birth IS NULL THEN 'missing'
            WHEN k.left_birth = k.right_birth THEN 'equal'
            WHEN k.left_cell_birth = d.written OR k.right_birth = e.written THEN 'lunar'
            WHEN
                year(k.left_birth) = year(k.right_birth)
                AND month(k.left_birth) = day(k.right_birth)
                AND day(k.left_birth) = month(k.right_birth)
                THEN 'swapped'
            WHEN
                CAST(year(k.left_birth) = year(k.right_birth) AS INTEGER)
                + CAST(month(k.left_birth) = month(k.right_birth) AS INTEGER)
                + CAST(day(k.left_birth) = day(k.right_birth) AS INTEGER) = 2
                OR abs(datediff('day', k.left_birth, k.right_birth)) = 1
                THEN 'one part differs'
            WHEN
                month(k.left_birth) = 1 AND day(k.left_birth) = 1 AND year(k.left_birth) = year(k.right_birth)
                THEN 'year only'
            WHEN abs(datediff('day', k.left_birth, k.right_birth)) BETWEEN $lunar_days_min AND $lunar_days_max THEN 'about a lunar month'
            ELSE 'differs'
        END AS birth_level,
        CASE
            WHEN k.left_sex IS NULL OR k.right_sex IS NULL THEN 'missing'
            WHEN k.left_sex = k.right_sex THEN 'equal'
            ELSE 'differs'
        END AS sex_level,
        CASE
            WHEN kp.value IS NOT NULL THEN 'equal'
            WHEN hp.value IS NOT NULL THEN 'of the household'
            WHEN k.left_phone IS NULL OR k.right_phone IS NULL THEN 'missing'
            ELSE 'differs'
        END AS phone_level,
        CASE
            WHEN ka.value IS NOT NULL THEN 'equal'
            WHEN ha.value IS NOT NULL THEN 'of the household'
            WHEN k.left_address IS NULL OR k.right_address IS NULL THEN 'missing'
            WHEN
                (starts_with(k.right_address, k.left_address) OR starts_with(k.left_address, k.right_address))
                AND regexp_matches(k.left_address, '[0-9]')
                AND regexp_matches(k.right_address, '[0-9]')
                THEN 'in part'
            WHEN
                (ends_with(k.right_address, k.left_address) AND regexp_matches(k.left_address, '^[^0-9]{2}.*[0-9]'))
                OR (ends_with(k.left_address, k.right_address) AND regexp_matches(k.right_address, '^[^0-9]{2}.*[0-9]'))
                THEN 'in part'
            WHEN
                length(k.left_address) >= $address_length_min
                AND abs(length(k.left_address) - length(k.right_address)) <= 1
                AND (
                    left(k.left_address, 4) = left(k.right_address, 4)
                    OR right(k.left_address, 4) = right(k.right_address, 4)
                )
                AND regexp_replace(k.left_address, '[^0-9-]', '', 'g')
                    = regexp_replace(k.right_address, '[^0-9-]', '', 'g')
                AND osa_distance(k.left_address, k.right_address) <= 1
                THEN 'in part'
            WHEN
                starts_with(k.right_address, left(k.left_address, 4))
                AND length(regexp_replace(k.left_address, '[0-9].*$', '')) >= $street_length_min
                AND regexp_replace(k.left_address, '[0-9].*$', '') = regexp_replace(k.right_address, '[0-9].*$', '')
                THEN 'same street'
            ELSE 'differs'
        END AS address_level,
        CASE
            WHEN c.kind = 'holder of the number' AND k.left_no IN (k.right_no, k.right_former_no) THEN 'none'
            WHEN c.kind = 'spouse on the row' AND abs(year(k.right_birth) - year(c.companion_birth)) > $spouse_years_max
                THEN 'a generation from the spouse'
            WHEN c.kind IS NOT NULL THEN c.kind
            WHEN o.kind = 'spouse on the row' THEN 'not of the spouse''s household'
            ELSE 'none'
        END AS relation_level,
        CASE WHEN k.name_level = 'surname shown' THEN k.surname_bound WHEN k.name_grade >= $equal_name THEN k.name_bound END AS name_bound,
        -log2((kp.sharers - 1) / n.people + $phone_share_min) AS phone_bound,
        -log2((ka.sharers - 1) / n.people + $address_share_min) AS address_bound
    FROM kept k
    CROSS JOIN identity.register_size n
    LEFT JOIN identity.known_contact kp ON k.left_phone = kp.value AND k.person_key = kp.person_key
    LEFT JOIN identity.known_contact ka ON k.left_address = ka.value AND k.person_key = ka.person_key
    LEFT JOIN identity.household_contact hp ON k.left_phone = hp.value AND k.household_no = hp.household_no
    LEFT JOIN identity.household_contact ha ON k.left_address = ha.value AND k.household_no = ha.household_no
    LEFT JOIN identity.lunar_day d ON k.right_birth = d.solar
    LEFT JOIN identity.lunar_day e ON k.left_cell_birth = e.solar
    LEFT JOIN identity.companion c
        ON k.row_key = c.row_key
        AND k.household_no = c.household_no
        AND (k.person_key <> c.companion_key OR c.kind = 'family on the roll')
    LEFT JOIN related o ON k.row_key = o.row_key
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
