-- Candidate pairs with their levels of number and name: the first whose condition is true. Two valid numbers may be
-- near by damage (digits swapped ten places apart keep the check character); but where only what follows the birth date
-- differs, they are those of two people born on one day. Of a masked number the last four places distinguish people, a
-- beginning proves no more than the birth date. Where all but the surname is masked, the name proves as much as the
-- surname. What a spreadsheet or a short column left of a number is no other number, on either side: the digits that
-- are left count.
-- Written from outreach/identity/levels.py by `python -m outreach.identity.level_files`: not to be edited.
-- grain: a candidate pair
-- columns: row_key, register_key, person_key, left_number, left_no, id_number_state, other_persons_number,
--   right_number, right_no, right_former_no, doubtful, left_name, right_name, right_former_name, left_cell_birth,
--   left_number_birth, latest_birth_year, right_birth, left_sex, right_sex, left_phone, right_phone, left_address,
--   right_address, household_no, name_bound, surname_bound, known_grade, both_valid, number_distance, is_rounded,
--   shown_digits, name_grade, shown_digits_agree, number_level, name_level
-- from: identity.pair_feature
-- materialized: view
SELECT
    *,
    CASE
        WHEN left_number IS NULL THEN 'missing'
        WHEN left_no = right_no THEN 'equal'
        WHEN left_no = right_former_no THEN 'former'
        WHEN other_persons_number THEN 'held by another'
        WHEN right_number IS NULL THEN 'missing'
        WHEN is_rounded THEN 'first 15'
        WHEN
            both_valid
            AND number_distance <= 2
            AND left(left_number, 14) <> left(right_number, 14)
            THEN 'near, both valid'
        WHEN both_valid AND doubtful THEN 'missing'
        WHEN both_valid THEN 'other, both valid'
        WHEN number_distance = 0 THEN 'letters for digits'
        WHEN number_distance = 1 THEN 'one slip'
        WHEN
            length(left_number) >= $number_length_min AND left(left_number, 15) = left(right_number, 15)
            THEN 'first 15'
        WHEN number_distance = 2 AND length(left_number) >= $dated_number_length_min THEN 'two slips'
        WHEN
            length(left_number) BETWEEN $number_length_min - 1 AND $number_length_min + 1
            AND osa_distance(left_number, substr(right_number, 1, 6) || substr(right_number, 9, 9)) <= 1
            THEN 'one slip'
        WHEN
            (
                id_number_state = 'scientific'
                AND left(replace(left_number, '.', ''), 4) = left(right_number, 4)
            )
            OR (
                contains(right_number, 'E')
                AND left(replace(right_number, '.', ''), 4) = left(left_number, 4)
            )
            OR (
                length(left_number) BETWEEN $truncated_length_min AND $truncated_length_max
                AND starts_with(right_number, left_number)
            )
            OR (
                length(right_number) BETWEEN $truncated_length_min AND $truncated_length_max
                AND starts_with(left_number, right_number)
            )
            THEN 'scientific'
        WHEN shown_digits_agree AND length(shown_digits.tail) >= $masked_tail_min THEN 'masked'
        WHEN
            shown_digits_agree
            AND length(shown_digits.head) + length(shown_digits.tail) >= $masked_digits_min
            THEN 'scientific'
        WHEN number_distance <= $some_edits_max AND left(left_number, 14) <> left(right_number, 14) THEN 'some slips'
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
        WHEN name_grade = $alike_name AND surname_bound IS NOT NULL THEN 'surname shown'
        WHEN name_grade = 6 THEN 'equal'
        WHEN name_grade = 7 THEN 'former'
        WHEN name_grade = 8 THEN 'of another row'
        WHEN name_grade = 5 THEN 'reading'
        WHEN name_grade = 4 THEN 'look-alike'
        WHEN name_grade = 3 THEN 'gap'
        WHEN name_grade = 2 THEN 'one differs'
        WHEN name_grade = 1 THEN 'surname'
        WHEN name_grade = 0 THEN 'different'
        ELSE 'missing'
    END AS name_level
FROM identity.pair_feature
