-- Candidates: unlinked records and the register rows that could be the same person, by some thirty equi-join keys. Keys
-- over a number leave out the part in which an error may be, so that a hash join finds the pair. A key whose blocks
-- would be huge (a common name, a phone or an address of many people) has a limit, and a finer key takes over: of an
-- address with more people the row's own name, of a placeholder birth date the whole name. A name that nobody has is a
-- damaged one: two of its characters and a part of the birth date find the person. A row with a valid number that
-- nobody here has needs the surname, too: it is mostly about somebody from elsewhere. A name spelt in letters
-- (ZHANGWEI) has no character to look for: everybody born on that day is looked at. The end of an address, a short form
-- of it, finds who lives there together with a character of the name. The register is long: keys that share a part are
-- read off one join over that part (`same_name_narrowed`, `same_birth_narrowed`, `same_end`, `same_ends`,
-- `same_start`), and characters of damaged names are looked for among names, not among people.
-- grain: an unlinked record × register row × key (`block`)
-- columns: row_key, register_key, person_key, block
-- from: identity.alternate_name, identity.household_contact, identity.known_contact, identity.known_number,
--   identity.name_frequency, identity.placeholder_birth_date, identity.register_profile, identity.related_household,
--   identity.unlinked_record
WITH damaged_number AS (
    SELECT
        row_key,
        id_number,
        CASE WHEN length(id_number) = 18 THEN try_cast(left(id_number, 17) AS BIGINT) END AS first_17,
        substr(id_number, 1, 6) AS area,
        right(id_number, 2) AS last_2,
        left(name_key, 1) AS first_character
    FROM identity.unlinked_record
    WHERE number_no IS NULL AND length(id_number) BETWEEN $number_length_min AND $damaged_number_length_max
),
same_end AS (
    SELECT
        damaged_number.row_key,
        registered.row_key AS register_key,
        registered.person_key,
        right(damaged_number.id_number, 12) = substr(registered.id_number, 7, 12) AS but_area,
        damaged_number.area = substr(registered.id_number, 1, 6) AS but_year,
        damaged_number.first_character = left(registered.name_key, 1) AS at_first
    FROM damaged_number
    JOIN identity.register_profile AS registered ON hash(right(damaged_number.id_number, 8)) = registered.key_end
),
same_ends AS (
    SELECT
        damaged_number.row_key,
        registered.row_key AS register_key,
        registered.person_key,
        substr(damaged_number.id_number, 7, 4) = substr(registered.id_number, 7, 4) AS but_birthday,
        coalesce(damaged_number.first_character = left(registered.name_key, 1), FALSE) AS at_first
    FROM damaged_number
    JOIN identity.register_profile AS registered
        ON hash(damaged_number.area || right(damaged_number.id_number, 4)) = registered.key_ends
    WHERE
        substr(damaged_number.id_number, 7, 4) = substr(registered.id_number, 7, 4)
        OR damaged_number.first_character = left(registered.name_key, 1)
),
same_start AS (
    SELECT
        damaged_number.row_key,
        registered.row_key AS register_key,
        registered.person_key,
        substr(damaged_number.id_number, 15, 1) = substr(registered.id_number, 15, 1) AS first_15,
        damaged_number.last_2 = substr(registered.id_number, 17, 2) AS but_15_16
    FROM damaged_number
    JOIN identity.register_profile AS registered ON hash(left(damaged_number.id_number, 14)) = registered.key_start
    WHERE
        substr(damaged_number.id_number, 15, 1) = substr(registered.id_number, 15, 1)
        OR damaged_number.last_2 = substr(registered.id_number, 17, 2)
),
-- two digits change places. Ten places apart: those of the 17, and the eighth with the check character; it may make a
-- date that there is not. Neighbours: where the one ends the area, the year or the birthday, so that no other key
-- leaves both out.
swap AS (
    SELECT
        unnest([
            10000000000,
            100000000000,
            1000000000000,
            10000000000000,
            100000000000000,
            1000000000000000,
            10000000000000000
        ]) AS unit,
        10000000000 AS above,
        'number with digits swapped ten places apart' AS block
    UNION ALL
    SELECT unnest([1000, 10000000, 100000000000]), 10, 'number with neighbours swapped'
),
valid_number AS (
    SELECT
        row_key,
        number_no,
        id_number,
        try_cast(right(id_number, 1) AS BIGINT) AS check_digit,
        number_no // 1000 % 100000000 AS born_on,
        left(name_key, 1) AS first_character
    FROM identity.unlinked_record
    WHERE number_unregistered
),
swapped_number AS (
    SELECT
        damaged_number.row_key,
        damaged_number.first_17
        + (damaged_number.first_17 // (swap.unit // swap.above) % 10 - damaged_number.first_17 // swap.unit % 10)
        * (swap.unit - swap.unit // swap.above)
            AS number_no,
        swap.block
    FROM (
        SELECT row_key, first_17, FALSE AS is_valid FROM damaged_number WHERE first_17 IS NOT NULL
        UNION ALL
        SELECT row_key, number_no, TRUE FROM valid_number
    ) AS damaged_number
    JOIN swap ON NOT damaged_number.is_valid OR swap.above <> 10
    UNION ALL
    SELECT
        row_key,
        number_no + (check_digit - number_no // 1000000000 % 10) * 1000000000,
        'number with digits swapped ten places apart'
    FROM valid_number
    WHERE check_digit IS NOT NULL
),
-- DISTINCT, so that the holders of the few numbers are found before the long register is joined to them
number_holder AS (
    SELECT DISTINCT record.row_key, known_number.person_key, record.block
    FROM (
        SELECT row_key, number_no, 'number held' AS block FROM identity.unlinked_record
        UNION ALL
        SELECT row_key, number_no, block FROM swapped_number
    ) AS record
    JOIN identity.known_number ON record.number_no = known_number.number_no
),
-- a valid number that nobody here has may be the right form of one that is damaged, or not known, in the register
unnumbered_row AS (
    SELECT
        row_key,
        person_key,
        id_number,
        year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date) AS born_on,
        left(name_key, 1) AS first_character
    FROM identity.register_profile
    WHERE number_no IS NULL
),
damaged_register_number AS (
    SELECT row_key, person_key, id_number
    FROM unnumbered_row
    WHERE length(id_number) BETWEEN $number_length_min AND $damaged_number_length_max
),
name_and_birth AS (
    SELECT
        row_key,
        name_key,
        left(name_key, 1) AS first_character,
        right(name_key, 1) AS last_character,
        birth,
        make_date(year(birth), 1, 1) AS year_from,
        make_date(year(birth), 12, 31) AS year_to,
        CASE WHEN NOT other_persons_number THEN right(id_number, 4) END AS last_4
    FROM identity.unlinked_record
),
same_name AS (
    SELECT
        name_and_birth.row_key,
        registered.row_key AS register_key,
        registered.person_key,
        coalesce(registered.birth_date BETWEEN name_and_birth.year_from AND name_and_birth.year_to, FALSE) AS in_year,
        coalesce(name_and_birth.last_4 = substr(registered.id_number, 15, 4), FALSE) AS at_end,
        coalesce(
            month(name_and_birth.birth) = month(registered.birth_date)
            AND day(name_and_birth.birth) = day(registered.birth_date),
            FALSE
        ) AS on_birthday,
        CASE
            WHEN name_and_birth.birth IS NULL THEN frequency.person_count <= $rare_name_people_max
            ELSE frequency.person_count <= $rare_dated_name_people_max
        END AS is_rare
    FROM name_and_birth
    JOIN identity.name_frequency AS frequency ON name_and_birth.name_key = frequency.name_key
    JOIN identity.register_profile AS registered ON name_and_birth.name_key = registered.name_key
),
same_name_narrowed AS (
    SELECT * FROM same_name WHERE in_year OR at_end OR is_rare OR on_birthday
),
same_birth AS (
    SELECT
        name_and_birth.row_key,
        registered.row_key AS register_key,
        registered.person_key,
        starts_with(registered.name_key, name_and_birth.first_character) AS at_first,
        ends_with(registered.name_key, name_and_birth.last_character) AS at_last,
        coalesce(
            name_and_birth.first_character BETWEEN 'A' AND 'Z' OR left(registered.name_key, 1) BETWEEN 'A' AND 'Z',
            FALSE
        ) AS is_spelt
    FROM name_and_birth
    JOIN identity.register_profile AS registered ON name_and_birth.birth = registered.birth_date
    WHERE name_and_birth.birth NOT IN (SELECT birth_date FROM identity.placeholder_birth_date)
),
same_birth_narrowed AS (
    SELECT * FROM same_birth WHERE at_first OR at_last OR is_spelt
),
unknown_name_record AS (
    SELECT record.row_key, record.name_key, record.birth
    FROM identity.unlinked_record AS record
    LEFT JOIN identity.name_frequency AS frequency ON record.name_key = frequency.name_key
    WHERE
        frequency.name_key IS NULL
        AND (record.number_no IS NULL OR record.other_persons_number)
        AND length(record.name_key) >= 2
),
unknown_name AS (
    SELECT DISTINCT name_key FROM unknown_name_record
),
similar_name AS (
    SELECT unknown_name.name_key, frequency.name_key AS bearer_name, 'first two characters' AS part
    FROM unknown_name
    JOIN identity.name_frequency AS frequency ON left(unknown_name.name_key, 2) = left(frequency.name_key, 2)
    UNION ALL
    SELECT unknown_name.name_key, frequency.name_key, 'last two characters'
    FROM unknown_name
    JOIN identity.name_frequency AS frequency ON right(unknown_name.name_key, 2) = right(frequency.name_key, 2)
    UNION ALL
    SELECT unknown_name.name_key, frequency.name_key, 'first and last character'
    FROM unknown_name
    JOIN identity.name_frequency AS frequency
        ON left(unknown_name.name_key, 1) = left(frequency.name_key, 1)
        AND right(unknown_name.name_key, 1) = right(frequency.name_key, 1)
),
similar_named AS (
    SELECT
        unknown_name_record.row_key,
        registered.row_key AS register_key,
        registered.person_key,
        similar_name.part,
        coalesce(year(unknown_name_record.birth) = year(registered.birth_date), FALSE) AS in_year,
        coalesce(
            month(unknown_name_record.birth) = month(registered.birth_date)
            AND day(unknown_name_record.birth) = day(registered.birth_date),
            FALSE
        )
        AND similar_name.part <> 'last two characters' AS on_birthday
    FROM unknown_name_record
    JOIN similar_name ON unknown_name_record.name_key = similar_name.name_key
    JOIN identity.register_profile AS registered ON similar_name.bearer_name = registered.name_key
),
similar_named_dated AS (
    SELECT * FROM similar_named WHERE in_year OR on_birthday
),
contact AS (
    SELECT row_key, name_key, phone, address, number_no IS NULL OR other_persons_number AS number_open
    FROM identity.unlinked_record
),
-- a short form of an address is the end of it; whoever lives there is not known by it otherwise
same_tail AS (
    SELECT
        record.row_key,
        registered.row_key AS register_key,
        registered.person_key,
        starts_with(registered.name_key, record.first_character) AS at_first,
        record.number_open
        AND (
            ends_with(registered.name_key, record.last_character)
            OR substr(registered.name_key, 2, 1) = record.second_character
        ) AS at_other
    FROM (
        SELECT
            row_key,
            address,
            nullif(regexp_extract(address, '.{3}[0-9].*$'), '') AS tail,
            left(name_key, 1) AS first_character,
            substr(name_key, 2, 1) AS second_character,
            right(name_key, 1) AS last_character,
            number_no IS NULL OR other_persons_number AS number_open
        FROM identity.unlinked_record
    ) AS record
    JOIN identity.register_profile AS registered
        ON hash(record.tail) = registered.key_address
        AND record.tail IS NOT NULL
        AND (ends_with(registered.address, record.address) OR ends_with(record.address, registered.address))
),
-- the people to whom a number, a phone or an address leads: all of them (`any_name`), or those of the row's surname or
-- name
lead AS (
    SELECT
        row_key,
        person_key,
        block,
        TRUE AS any_name,
        CAST(NULL AS VARCHAR) AS surname,
        CAST(NULL AS VARCHAR) AS name_key
    FROM number_holder
    UNION ALL
    SELECT
        contact.row_key,
        known_contact.person_key,
        'phone',
        known_contact.person_count <= $phone_people_max AND contact.number_open,
        CASE WHEN known_contact.person_count <= $phone_people_max THEN left(contact.name_key, 1) END,
        contact.name_key
    FROM contact
    JOIN identity.known_contact ON contact.phone = known_contact.value
    UNION ALL
    SELECT
        contact.row_key,
        known_contact.person_key,
        'address',
        contact.number_open,
        left(contact.name_key, 1),
        contact.name_key
    FROM contact
    JOIN identity.known_contact ON contact.address = known_contact.value
    WHERE known_contact.person_count <= $address_people_max
),
-- the households to which another person on the row leads (that person is not the row's, but on a family's roll may
-- be), or a phone or an address
lead_household AS (
    SELECT
        row_key,
        household_no,
        kind AS block,
        CASE WHEN kind <> 'family on the roll' THEN related_key END AS related_key,
        CAST(NULL AS VARCHAR) AS surname
    FROM identity.related_household AS related
    SEMI JOIN identity.unlinked_record AS record ON related.row_key = record.row_key
    UNION ALL
    SELECT contact.row_key, house.household_no, 'phone or address of the household', NULL, left(contact.name_key, 1)
    FROM (
        SELECT row_key, phone AS value, name_key, number_open FROM contact
        UNION ALL
        SELECT row_key, address, name_key, number_open FROM contact
    ) AS contact
    JOIN identity.household_contact AS house ON contact.value = house.value
    WHERE contact.number_open AND contact.name_key IS NOT NULL
),
-- DISTINCT keeps the engine from setting all who share the address side by side before it looks at the name
crowded_address AS (
    SELECT DISTINCT contact.value, registered.name_key, registered.row_key AS register_key, registered.person_key
    FROM identity.known_contact AS contact
    JOIN identity.register_profile AS registered ON contact.person_key = registered.person_key
    WHERE contact.person_count > $address_people_max
)
SELECT lead.row_key, registered.row_key AS register_key, registered.person_key, lead.block
FROM lead
JOIN identity.register_profile AS registered ON lead.person_key = registered.person_key
WHERE lead.any_name OR lead.surname = left(registered.name_key, 1) OR lead.name_key = registered.name_key
UNION ALL
SELECT lead_household.row_key, registered.row_key, registered.person_key, lead_household.block
FROM lead_household
JOIN identity.register_profile AS registered ON lead_household.household_no = registered.household_no
WHERE
    (lead_household.related_key IS NULL OR lead_household.related_key <> registered.person_key)
    AND (lead_household.surname IS NULL OR lead_household.surname = left(registered.name_key, 1))
UNION ALL
SELECT row_key, register_key, person_key, 'number but its area' FROM same_end WHERE but_area
UNION ALL
SELECT row_key, register_key, person_key, 'number but its birth year' FROM same_end WHERE but_year
UNION ALL
SELECT row_key, register_key, person_key, 'end of the number and first character' FROM same_end WHERE at_first
UNION ALL
SELECT row_key, register_key, person_key, 'number but its birthday' FROM same_ends WHERE but_birthday
UNION ALL
SELECT damaged_number.row_key, registered.row_key, registered.person_key, 'birthday in the number and first character'
FROM damaged_number
JOIN identity.register_profile AS registered
    ON hash(substr(damaged_number.id_number, 8, 7) || damaged_number.first_character) = registered.key_birthday
    AND damaged_number.first_character IS NOT NULL
UNION ALL
SELECT row_key, register_key, person_key, 'area, end of the number and first character' FROM same_ends WHERE at_first
UNION ALL
SELECT row_key, register_key, person_key, 'first 15 of the number' FROM same_start WHERE first_15
UNION ALL
SELECT row_key, register_key, person_key, 'number but its places 15 and 16' FROM same_start WHERE but_15_16
UNION ALL
SELECT damaged_number.row_key, registered.row_key, registered.person_key, '15-digit number'
FROM damaged_number
JOIN identity.register_profile AS registered
    ON hash(damaged_number.area || substr(damaged_number.id_number, 7, 9)) = registered.key_short
WHERE length(damaged_number.id_number) = 15
UNION ALL
SELECT
    valid_number.row_key,
    damaged_register_number.row_key,
    damaged_register_number.person_key,
    'number damaged in the register'
FROM valid_number
JOIN damaged_register_number ON right(valid_number.id_number, 8) = right(damaged_register_number.id_number, 8)
UNION ALL
SELECT
    valid_number.row_key,
    damaged_register_number.row_key,
    damaged_register_number.person_key,
    'number damaged in the register'
FROM valid_number
JOIN damaged_register_number ON left(valid_number.id_number, 14) = left(damaged_register_number.id_number, 14)
UNION ALL
SELECT
    valid_number.row_key,
    damaged_register_number.row_key,
    damaged_register_number.person_key,
    'number damaged in the register'
FROM valid_number
JOIN damaged_register_number
    ON left(valid_number.id_number, 10) = left(damaged_register_number.id_number, 10)
    AND right(valid_number.id_number, 4) = right(damaged_register_number.id_number, 4)
UNION ALL
SELECT
    valid_number.row_key,
    unnumbered_row.row_key,
    unnumbered_row.person_key,
    'birth date in the number and first character'
FROM valid_number
JOIN unnumbered_row
    ON valid_number.born_on = unnumbered_row.born_on AND valid_number.first_character = unnumbered_row.first_character
UNION ALL
SELECT row_key, register_key, person_key, 'name and end of number' FROM same_name_narrowed WHERE at_end
UNION ALL
SELECT row_key, register_key, person_key, 'rare name' FROM same_name_narrowed WHERE is_rare
UNION ALL
SELECT row_key, register_key, person_key, 'name and birth year' FROM same_name_narrowed WHERE in_year
UNION ALL
SELECT name_and_birth.row_key, registered.row_key, registered.person_key, 'name on another row of the person'
FROM name_and_birth
JOIN identity.alternate_name AS alternate ON name_and_birth.name_key = alternate.name_key
JOIN identity.register_profile AS registered ON alternate.person_key = registered.person_key
WHERE
    name_and_birth.birth = registered.birth_date
    OR (
        alternate.person_count <= $alternate_name_people_max
        AND coalesce(
            registered.birth_date BETWEEN name_and_birth.year_from AND name_and_birth.year_to
            OR name_and_birth.last_4 = substr(registered.id_number, 15, 4),
            name_and_birth.birth IS NULL
        )
    )
UNION ALL
SELECT row_key, register_key, person_key, 'name and birthday' FROM same_name_narrowed WHERE on_birthday
UNION ALL
SELECT row_key, register_key, person_key, part || ' and birth year' FROM similar_named_dated WHERE in_year
UNION ALL
SELECT row_key, register_key, person_key, part || ' and birthday' FROM similar_named_dated WHERE on_birthday
UNION ALL
SELECT row_key, register_key, person_key, 'birth date and first character' FROM same_birth_narrowed WHERE at_first
UNION ALL
SELECT row_key, register_key, person_key, 'birth date and last character' FROM same_birth_narrowed WHERE at_last
UNION ALL
SELECT row_key, register_key, person_key, 'birth date, one name spelt in letters'
FROM same_birth_narrowed
WHERE is_spelt
UNION ALL
SELECT record.row_key, registered.row_key, registered.person_key, 'birth date and former name'
FROM identity.unlinked_record AS record
JOIN identity.register_profile AS registered
    ON record.birth = registered.birth_date AND record.name_key = registered.former_name_key
UNION ALL
SELECT record.row_key, crowded_address.register_key, crowded_address.person_key, 'address'
FROM identity.unlinked_record AS record
JOIN crowded_address ON record.address = crowded_address.value AND record.name_key = crowded_address.name_key
UNION ALL
SELECT row_key, register_key, person_key, 'end of the address and first character' FROM same_tail WHERE at_first
UNION ALL
SELECT row_key, register_key, person_key, 'end of the address and another character' FROM same_tail WHERE at_other
