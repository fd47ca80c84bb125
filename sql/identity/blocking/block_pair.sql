-- Candidates: residual rows beside the register rows that could be the same person, by several equi-join keys. Number
-- keys leave out the part of a number in which a slip may stand, so that a hash join finds it. A key whose blocks would
-- explode (a common name, a phone or an address that many share) is capped, with a finer key beside it. The finer key
-- of an address is a join of its own: thousands may share a hospital's, with as many rows that tell it. So is a birth
-- date that more than 500 share (a stopgap of clerks): then the whole name has to agree. A name that nobody bears is a
-- damaged one: two of its characters and a part of the birth date find the bearer. A row with a valid number that
-- nobody bears needs the surname, too: it is mostly somebody from elsewhere. A name spelt in letters (ZHANGWEI) has no
-- character to look for: who was born on its day is looked at. A short form of an address (its end) finds who lives
-- there, with a character of the name. The register is long: keys that share a part are read off one join over that
-- part (`same_name`, `same_birth`, `same_end`, `same_ends`, `same_start`), and characters of damaged names are looked
-- for among names, not among people.
-- grain: residual row × register row × key (`block`)
-- columns: row_key, register_key, person_key, block
-- from: identity.bearer, identity.busy_day, identity.companion, identity.household_contact, identity.known_contact,
--   identity.known_name, identity.known_number, identity.register_profile, identity.residual
WITH damaged AS (
    SELECT
        row_key,
        id_number,
        CASE WHEN length(id_number) = 18 THEN try_cast(left(id_number, 17) AS BIGINT) END AS first_17,
        substr(id_number, 1, 6) AS area,
        right(id_number, 2) AS last_2,
        left(name_key, 1) AS first_character
    FROM identity.residual
    WHERE number_no IS NULL AND length(id_number) BETWEEN $number_length_min AND $damaged_number_length_max
),
same_end AS (
    SELECT
        s.row_key,
        r.row_key AS register_key,
        r.person_key,
        right(s.id_number, 12) = substr(r.id_number, 7, 12) AS but_area,
        s.area = substr(r.id_number, 1, 6) AS but_year,
        s.first_character = left(r.name_key, 1) AS at_first
    FROM damaged s
    JOIN identity.register_profile r ON hash(right(s.id_number, 8)) = r.key_end
),
same_ends AS (
    SELECT
        s.row_key,
        r.row_key AS register_key,
        r.person_key,
        substr(s.id_number, 7, 4) = substr(r.id_number, 7, 4) AS but_birthday,
        coalesce(s.first_character = left(r.name_key, 1), FALSE) AS at_first
    FROM damaged s
    JOIN identity.register_profile r ON hash(s.area || right(s.id_number, 4)) = r.key_ends
    WHERE substr(s.id_number, 7, 4) = substr(r.id_number, 7, 4) OR s.first_character = left(r.name_key, 1)
),
same_start AS (
    SELECT
        s.row_key,
        r.row_key AS register_key,
        r.person_key,
        substr(s.id_number, 15, 1) = substr(r.id_number, 15, 1) AS first_15,
        s.last_2 = substr(r.id_number, 17, 2) AS but_15_16
    FROM damaged s
    JOIN identity.register_profile r ON hash(left(s.id_number, 14)) = r.key_start
    WHERE substr(s.id_number, 15, 1) = substr(r.id_number, 15, 1) OR s.last_2 = substr(r.id_number, 17, 2)
),
-- two digits change places. Ten places apart: those of the 17, and the eighth with the check character; it may make a
-- date that there is not. Neighbours: where the one ends the area, the year or the birthday, so that no other key
-- leaves both out.
place AS (
    SELECT
        unnest([10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000])
            AS unit,
        10000000000 AS above,
        'number with digits swapped ten places apart' AS block
    UNION ALL
    SELECT unnest([1000, 10000000, 100000000000]), 10, 'number with neighbours swapped'
),
valid AS (
    SELECT
        row_key,
        number_no,
        id_number,
        try_cast(right(id_number, 1) AS BIGINT) AS check_digit,
        number_no // 1000 % 100000000 AS born_on,
        left(name_key, 1) AS first_character
    FROM identity.residual
    WHERE number_no IS NOT NULL AND NOT taken
),
swapped AS (
    SELECT
        s.row_key,
        s.first_17 + (s.first_17 // (p.unit // p.above) % 10 - s.first_17 // p.unit % 10) * (p.unit - p.unit // p.above)
            AS number_no,
        p.block
    FROM (
        SELECT row_key, first_17, FALSE AS is_valid FROM damaged WHERE first_17 IS NOT NULL
        UNION ALL
        SELECT row_key, number_no, TRUE FROM valid
    ) s
    JOIN place p ON NOT s.is_valid OR p.above <> 10
    UNION ALL
    SELECT
        row_key,
        number_no + (check_digit - number_no // 1000000000 % 10) * 1000000000,
        'number with digits swapped ten places apart'
    FROM valid
    WHERE check_digit IS NOT NULL
),
-- DISTINCT, so that whose the few numbers are is found before all that the register says of everybody is set beside
-- them
holder AS (
    SELECT DISTINCT s.row_key, k.person_key, s.block
    FROM (
        SELECT row_key, number_no, 'number held' AS block FROM identity.residual
        UNION ALL
        SELECT row_key, number_no, block FROM swapped
    ) s
    JOIN identity.known_number k ON s.number_no = k.number_no
),
-- a valid number that nobody here bears may be the right form of one that is damaged, or not known, in the register
unnumbered AS (
    SELECT
        row_key,
        person_key,
        id_number,
        year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date) AS born_on,
        left(name_key, 1) AS first_character
    FROM identity.register_profile
    WHERE number_no IS NULL
),
spoilt AS (
    SELECT row_key, person_key, id_number FROM unnumbered WHERE length(id_number) BETWEEN $number_length_min AND $damaged_number_length_max
),
told AS (
    SELECT
        row_key,
        name_key,
        left(name_key, 1) AS first_character,
        right(name_key, 1) AS last_character,
        birth,
        make_date(year(birth), 1, 1) AS year_from,
        make_date(year(birth), 12, 31) AS year_to,
        CASE WHEN NOT taken THEN right(id_number, 4) END AS last_4
    FROM identity.residual
),
same_name AS (
    SELECT
        s.row_key,
        r.row_key AS register_key,
        r.person_key,
        coalesce(r.birth_date BETWEEN s.year_from AND s.year_to, FALSE) AS in_year,
        coalesce(s.last_4 = substr(r.id_number, 15, 4), FALSE) AS at_end,
        coalesce(month(s.birth) = month(r.birth_date) AND day(s.birth) = day(r.birth_date), FALSE) AS on_birthday,
        b.holders <= CASE WHEN s.birth IS NULL THEN $rare_name_people_max ELSE $rare_dated_name_people_max END AS is_rare
    FROM told s
    JOIN identity.bearer b ON s.name_key = b.name_key
    JOIN identity.register_profile r ON s.name_key = r.name_key
),
named AS (
    SELECT * FROM same_name WHERE in_year OR at_end OR is_rare OR on_birthday
),
same_birth AS (
    SELECT
        s.row_key,
        r.row_key AS register_key,
        r.person_key,
        starts_with(r.name_key, s.first_character) AS at_first,
        ends_with(r.name_key, s.last_character) AS at_last,
        coalesce(s.first_character BETWEEN 'A' AND 'Z' OR left(r.name_key, 1) BETWEEN 'A' AND 'Z', FALSE) AS is_spelt
    FROM told s
    JOIN identity.register_profile r ON s.birth = r.birth_date
    WHERE s.birth NOT IN (SELECT birth_date FROM identity.busy_day)
),
born AS (
    SELECT * FROM same_birth WHERE at_first OR at_last OR is_spelt
),
odd_name AS (
    SELECT s.row_key, s.name_key, s.birth
    FROM identity.residual s
    LEFT JOIN identity.bearer b ON s.name_key = b.name_key
    WHERE b.name_key IS NULL AND (s.number_no IS NULL OR s.taken) AND length(s.name_key) >= 2
),
odd AS (
    SELECT DISTINCT name_key FROM odd_name
),
near_name AS (
    SELECT o.name_key, b.name_key AS bearer_name, 'first two characters' AS part
    FROM odd o
    JOIN identity.bearer b ON left(o.name_key, 2) = left(b.name_key, 2)
    UNION ALL
    SELECT o.name_key, b.name_key, 'last two characters'
    FROM odd o
    JOIN identity.bearer b ON right(o.name_key, 2) = right(b.name_key, 2)
    UNION ALL
    SELECT o.name_key, b.name_key, 'first and last character'
    FROM odd o
    JOIN identity.bearer b ON left(o.name_key, 1) = left(b.name_key, 1) AND right(o.name_key, 1) = right(b.name_key, 1)
),
near_named AS (
    SELECT
        s.row_key,
        r.row_key AS register_key,
        r.person_key,
        n.part,
        coalesce(year(s.birth) = year(r.birth_date), FALSE) AS in_year,
        coalesce(month(s.birth) = month(r.birth_date) AND day(s.birth) = day(r.birth_date), FALSE)
        AND n.part <> 'last two characters' AS on_birthday
    FROM odd_name s
    JOIN near_name n ON s.name_key = n.name_key
    JOIN identity.register_profile r ON n.bearer_name = r.name_key
),
near_born AS (
    SELECT * FROM near_named WHERE in_year OR on_birthday
),
reached AS (
    SELECT row_key, name_key, phone, address, number_no IS NULL OR taken AS number_is_open FROM identity.residual
),
-- a short form of an address is the end of it; whoever lives there is not known by it otherwise
same_tail AS (
    SELECT
        s.row_key,
        r.row_key AS register_key,
        r.person_key,
        starts_with(r.name_key, s.first_character) AS at_first,
        s.number_is_open
        AND (ends_with(r.name_key, s.last_character) OR substr(r.name_key, 2, 1) = s.second_character) AS at_other
    FROM (
        SELECT
            row_key,
            address,
            nullif(regexp_extract(address, '.{3}[0-9].*$'), '') AS tail,
            left(name_key, 1) AS first_character,
            substr(name_key, 2, 1) AS second_character,
            right(name_key, 1) AS last_character,
            number_no IS NULL OR taken AS number_is_open
        FROM identity.residual
    ) s
    JOIN identity.register_profile r
        ON hash(s.tail) = r.key_address AND s.tail IS NOT NULL AND (ends_with(r.address, s.address) OR ends_with(s.address, r.address))
),
-- to whom a number, a phone or an address leads: whoever she is (`any_name`), or if the surname, or the name, is the
-- row's
led AS (
    SELECT row_key, person_key, block, TRUE AS any_name, CAST(NULL AS VARCHAR) AS surname, CAST(NULL AS VARCHAR) AS name_key
    FROM holder
    UNION ALL
    SELECT
        s.row_key,
        k.person_key,
        'phone',
        k.sharers <= $phone_people_max AND s.number_is_open,
        CASE WHEN k.sharers <= $phone_people_max THEN left(s.name_key, 1) END,
        s.name_key
    FROM reached s
    JOIN identity.known_contact k ON s.phone = k.value
    UNION ALL
    SELECT s.row_key, k.person_key, 'address', s.number_is_open, left(s.name_key, 1), s.name_key
    FROM reached s
    JOIN identity.known_contact k ON s.address = k.value
    WHERE k.sharers <= $address_people_max
),
-- to whose house a companion leads (who is not the row's person herself, but on a family's roll), or a phone or an
-- address
house AS (
    SELECT
        row_key,
        household_no,
        kind AS block,
        CASE WHEN kind <> 'family on the roll' THEN companion_key END AS companion_key,
        CAST(NULL AS VARCHAR) AS surname
    FROM identity.companion
    SEMI JOIN identity.residual USING (row_key)
    UNION ALL
    SELECT s.row_key, k.household_no, 'phone or address of the household', NULL, left(s.name_key, 1)
    FROM (
        SELECT row_key, phone AS value, name_key, number_is_open FROM reached
        UNION ALL
        SELECT row_key, address, name_key, number_is_open FROM reached
    ) s
    JOIN identity.household_contact k ON s.value = k.value
    WHERE s.number_is_open AND s.name_key IS NOT NULL
),
-- DISTINCT keeps the engine from setting all who share the address side by side before it looks at the name
crowd AS (
    SELECT DISTINCT k.value, r.name_key, r.row_key AS register_key, r.person_key
    FROM identity.known_contact k
    JOIN identity.register_profile r ON k.person_key = r.person_key
    WHERE k.sharers > $address_people_max
)
SELECT s.row_key, r.row_key AS register_key, r.person_key, s.block
FROM led s
JOIN identity.register_profile r ON s.person_key = r.person_key
WHERE s.any_name OR s.surname = left(r.name_key, 1) OR s.name_key = r.name_key
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, s.block
FROM house s
JOIN identity.register_profile r ON s.household_no = r.household_no
WHERE
    (s.companion_key IS NULL OR s.companion_key <> r.person_key)
    AND (s.surname IS NULL OR s.surname = left(r.name_key, 1))
UNION ALL
SELECT row_key, register_key, person_key, 'number but its area' FROM same_end WHERE but_area
UNION ALL
SELECT row_key, register_key, person_key, 'number but its birth year' FROM same_end WHERE but_year
UNION ALL
SELECT row_key, register_key, person_key, 'end of the number and first character' FROM same_end WHERE at_first
UNION ALL
SELECT row_key, register_key, person_key, 'number but its birthday' FROM same_ends WHERE but_birthday
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birthday in the number and first character'
FROM damaged s
JOIN identity.register_profile r
    ON hash(substr(s.id_number, 8, 7) || s.first_character) = r.key_birthday AND s.first_character IS NOT NULL
UNION ALL
SELECT row_key, register_key, person_key, 'area, end of the number and first character' FROM same_ends WHERE at_first
UNION ALL
SELECT row_key, register_key, person_key, 'first 15 of the number' FROM same_start WHERE first_15
UNION ALL
SELECT row_key, register_key, person_key, 'number but its places 15 and 16' FROM same_start WHERE but_15_16
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, '15-digit number'
FROM damaged s
JOIN identity.register_profile r
    ON hash(s.area || substr(s.id_number, 7, 9)) = r.key_short
WHERE length(s.id_number) = 15
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number damaged in the register'
FROM valid s
JOIN spoilt r ON right(s.id_number, 8) = right(r.id_number, 8)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number damaged in the register'
FROM valid s
JOIN spoilt r ON left(s.id_number, 14) = left(r.id_number, 14)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number damaged in the register'
FROM valid s
JOIN spoilt r ON left(s.id_number, 10) = left(r.id_number, 10) AND right(s.id_number, 4) = right(r.id_number, 4)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birth date in the number and first character'
FROM valid s
JOIN unnumbered r ON s.born_on = r.born_on AND s.first_character = r.first_character
UNION ALL
SELECT row_key, register_key, person_key, 'name and end of number' FROM named WHERE at_end
UNION ALL
SELECT row_key, register_key, person_key, 'rare name' FROM named WHERE is_rare
UNION ALL
SELECT row_key, register_key, person_key, 'name and birth year' FROM named WHERE in_year
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'name that another row of hers says'
FROM told s
JOIN identity.known_name k ON s.name_key = k.name_key
JOIN identity.register_profile r ON k.person_key = r.person_key
WHERE
    s.birth = r.birth_date
    OR (
        k.sharers <= $alternate_name_people_max
        AND coalesce(r.birth_date BETWEEN s.year_from AND s.year_to OR s.last_4 = substr(r.id_number, 15, 4), s.birth IS NULL)
    )
UNION ALL
SELECT row_key, register_key, person_key, 'name and birthday' FROM named WHERE on_birthday
UNION ALL
SELECT row_key, register_key, person_key, part || ' and birth year' FROM near_born WHERE in_year
UNION ALL
SELECT row_key, register_key, person_key, part || ' and birthday' FROM near_born WHERE on_birthday
UNION ALL
SELECT row_key, register_key, person_key, 'birth date and first character' FROM born WHERE at_first
UNION ALL
SELECT row_key, register_key, person_key, 'birth date and last character' FROM born WHERE at_last
UNION ALL
SELECT row_key, register_key, person_key, 'birth date, one name spelt in letters' FROM born WHERE is_spelt
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birth date and former name'
FROM identity.residual s
JOIN identity.register_profile r ON s.birth = r.birth_date AND s.name_key = r.former_name_key
UNION ALL
SELECT s.row_key, c.register_key, c.person_key, 'address'
FROM identity.residual s
JOIN crowd c ON s.address = c.value AND s.name_key = c.name_key
UNION ALL
SELECT row_key, register_key, person_key, 'end of the address and first character' FROM same_tail WHERE at_first
UNION ALL
SELECT row_key, register_key, person_key, 'end of the address and another character' FROM same_tail WHERE at_other
