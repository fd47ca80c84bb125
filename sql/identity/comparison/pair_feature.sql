-- Candidate pairs with what their levels of number and name rest on. `both_valid`: both numbers are. `number_distance`:
-- edits between the numbers where some part agrees. `is_rounded`: one number is what a spreadsheet, which keeps 15
-- digits, left of the other. `shown_digits`: of a number of which an office masks places (340102********0017, or only
-- 0017) the places that are shown; `shown_digits_agree`: with both numbers. `name_grade`: by the model of that name;
-- names with the same characters masked (张*) are no more equal than a name with one character lost. `*_bound`: the most
-- that an equal name can weigh (log2), by how many others here have it and by how rare it can be at all
-- ($name_share_min); `surname_bound` where all but the surname is masked.
-- grain: a candidate pair
-- columns: row_key, register_key, person_key, left_number, left_no, id_number_state, other_persons_number,
--   right_number, right_no, right_former_no, doubtful, left_name, right_name, right_former_name, left_cell_birth,
--   left_number_birth, latest_birth_year, right_birth, left_sex, right_sex, left_phone, right_phone, left_address,
--   right_address, household_no, name_bound, surname_bound, known_grade, both_valid, number_distance, is_rounded,
--   shown_digits, name_grade, shown_digits_agree
-- from: identity.alternate_name, identity.candidate_pair, identity.name_frequency, identity.register_size,
--   identity.unlinked_record
-- materialized: view
WITH surname AS (
    SELECT
        left(name_key, 1) AS first_character,
        power(2.0, round($rarity_steps * log2(sum(person_count))) / $rarity_steps) AS rounded_count
    FROM identity.name_frequency
    GROUP BY left(name_key, 1)
),
-- only the surname is shown (王某某): how many have that, in steps like those of `name_frequency`
masked_given_name AS (
    SELECT record.row_key, surname.rounded_count
    FROM identity.unlinked_record AS record
    JOIN surname ON left(record.name_key, 1) = surname.first_character
    WHERE regexp_matches(record.name_key, '^.[?*□■○〇◯×_#〓]+$')
),
-- names that other rows of the candidate have
alternate_name_match AS (
    SELECT
        pair.row_key,
        pair.person_key,
        max(
            CASE
                WHEN record.name_key = alternate.name_key THEN 8
                ELSE name_level(record.name_key, alternate.name_key)
            END
        ) AS grade
    FROM (SELECT DISTINCT row_key, person_key FROM identity.candidate_pair) AS pair
    JOIN identity.alternate_name AS alternate ON pair.person_key = alternate.person_key
    JOIN identity.unlinked_record AS record ON pair.row_key = record.row_key
    WHERE record.name_key IS NOT NULL
    GROUP BY pair.row_key, pair.person_key
),
features AS (
    SELECT
        record.*,
        -log2(coalesce(frequency.rounded_count, 1.0) / size.people + $name_share_min) AS name_bound,
        -log2(masked.rounded_count / size.people + $name_share_min) AS surname_bound
    FROM identity.unlinked_record AS record
    CROSS JOIN identity.register_size AS size
    LEFT JOIN identity.name_frequency AS frequency ON record.name_key = frequency.name_key
    LEFT JOIN masked_given_name AS masked ON record.row_key = masked.row_key
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
    LEFT JOIN alternate_name_match AS alternate
        ON pair.row_key = alternate.row_key AND pair.person_key = alternate.person_key
),
measured AS (
    SELECT
        *,
        left_no IS NOT NULL AND right_no IS NOT NULL AS both_valid,
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
        END AS is_rounded,
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
)
SELECT
    *,
    starts_with(left_number, shown_digits.head)
    AND starts_with(right_number, shown_digits.head)
    AND ends_with(left_number, shown_digits.tail)
    AND ends_with(right_number, shown_digits.tail) AS shown_digits_agree
FROM measured
