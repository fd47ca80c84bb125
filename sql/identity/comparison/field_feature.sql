-- Candidate pairs whose names, or whose numbers, let them be one person, with what the levels of the other fields rest
-- on. Number and name come first: pairs that they rule out need no more. Pairs whose names disagree are kept only where
-- the number says that they belong together, or, for an equal surname, birth date and phone or address, or birthday and
-- phone. `left_birth`: the date in the row's cell, else that of its number: between two valid numbers that are not
-- near it is compared, too, as a person may have had a number that the register forgot. `left_lunar`, `right_lunar`:
-- the lunar dates of the two birth dates. `phone_is_known`: the person is known under the row's phone;
-- `phone_in_household`: somebody of the household is; the same of addresses. `relation_kind`: how the row leads to the
-- household by somebody else. Another row of the person's own on the family's roll counts like those of the people of
-- one household. `row_relation_kind`: how the row leads to any household. `*_bound`: the most that an equal name, phone
-- or address can weigh (log2), by how many others share it.
-- grain: a candidate pair × related household, if any
-- columns: row_key, register_key, person_key, number_level, name_level, left_no, right_no, right_former_no, left_birth,
--   left_cell_birth, right_birth, left_lunar, right_lunar, latest_birth_year, left_sex, right_sex, left_phone,
--   right_phone, phone_is_known, phone_in_household, left_address, right_address, address_is_known,
--   address_in_household, relation_kind, related_birth_date, row_relation_kind, name_bound, phone_bound, address_bound
-- from: identity.household_contact, identity.known_contact, identity.lunar_day, identity.number_name_level,
--   identity.register_size, identity.related_household
-- materialized: view
WITH kept_pair AS (
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
    FROM identity.number_name_level
    WHERE
        coalesce(name_grade >= 2, TRUE)
        OR number_level IN ($number_pairs)
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
)
SELECT
    kept_pair.row_key,
    kept_pair.register_key,
    kept_pair.person_key,
    kept_pair.number_level,
    kept_pair.name_level,
    kept_pair.left_no,
    kept_pair.right_no,
    kept_pair.right_former_no,
    kept_pair.left_birth,
    kept_pair.left_cell_birth,
    kept_pair.right_birth,
    record_lunar.written AS left_lunar,
    registered_lunar.written AS right_lunar,
    kept_pair.latest_birth_year,
    kept_pair.left_sex,
    kept_pair.right_sex,
    kept_pair.left_phone,
    kept_pair.right_phone,
    phone_contact.value IS NOT NULL AS phone_is_known,
    phone_house.value IS NOT NULL AS phone_in_household,
    kept_pair.left_address,
    kept_pair.right_address,
    address_contact.value IS NOT NULL AS address_is_known,
    address_house.value IS NOT NULL AS address_in_household,
    related_household.kind AS relation_kind,
    related_household.related_birth_date,
    related.kind AS row_relation_kind,
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
