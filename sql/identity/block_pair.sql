-- Candidates: residual rows beside the register rows that could be the same person, by several equi-join keys.
-- One row of: residual row × register row × key (`block`).
-- From: identity.residual, register_profile, known_number, known_contact, household_contact, companion,
-- bearer, busy_day.
-- Number keys leave out the part of a number in which a slip may stand, so that a hash join finds it. A key whose
-- blocks would explode (a common name, a phone or an address that many share) is capped, with a finer key beside it.
-- So is a birth date that more than 500 share (a stopgap of clerks): then the whole name has to agree.
-- A name that nobody bears is a damaged one: two of its characters and a part of the birth date find the bearer.
-- A row with a valid number that nobody bears needs the surname, too: it is mostly somebody from elsewhere.
WITH damaged AS (
    SELECT row_key, id_number FROM identity.residual WHERE number_no IS NULL AND length(id_number) BETWEEN 15 AND 20
),
dated AS (
    SELECT row_key, name_key, birth FROM identity.residual WHERE birth NOT IN (SELECT birth_date FROM identity.busy_day)
),
odd_name AS (
    SELECT s.row_key, s.name_key, s.birth
    FROM identity.residual s
    LEFT JOIN identity.bearer b ON s.name_key = b.name_key
    WHERE b.name_key IS NULL AND (s.number_no IS NULL OR s.taken) AND length(s.name_key) >= 2
),
swapped AS (
    SELECT
        s.row_key,
        try_cast(
            left(
                left(s.id_number, place)
                || substr(s.id_number, place + 11, 1)
                || substr(s.id_number, place + 2, 9)
                || substr(s.id_number, place + 1, 1)
                || substr(s.id_number, place + 12),
                17
            ) AS BIGINT
        ) AS number_no
    FROM identity.residual s
    CROSS JOIN (SELECT unnest([0, 1, 2, 3, 4, 5, 6, 7]) AS place)
    WHERE s.number_no IS NOT NULL AND NOT s.taken
)
SELECT s.row_key, r.row_key AS register_key, r.person_key, 'number held' AS block
FROM identity.residual s
JOIN identity.known_number k ON s.number_no = k.number_no
JOIN identity.register_profile r ON k.person_key = r.person_key
UNION ALL
SELECT c.row_key, r.row_key, r.person_key, c.kind
FROM identity.companion c
JOIN identity.register_profile r
    ON c.household_no = r.household_no AND (c.companion_key <> r.person_key OR c.kind = 'family on the roll')
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number but its area'
FROM damaged s
JOIN identity.register_profile r ON right(s.id_number, 12) = substr(r.id_number, 7, 12)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number but its birth year'
FROM damaged s
JOIN identity.register_profile r
    ON substr(s.id_number, 1, 6) = substr(r.id_number, 1, 6) AND right(s.id_number, 8) = substr(r.id_number, 11, 8)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number but its birthday'
FROM damaged s
JOIN identity.register_profile r
    ON substr(s.id_number, 1, 10) = substr(r.id_number, 1, 10) AND right(s.id_number, 4) = substr(r.id_number, 15, 4)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'first 15 of the number'
FROM damaged s
JOIN identity.register_profile r ON substr(s.id_number, 1, 15) = substr(r.id_number, 1, 15)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number but its places 15 and 16'
FROM damaged s
JOIN identity.register_profile r
    ON substr(s.id_number, 1, 14) = substr(r.id_number, 1, 14) AND right(s.id_number, 2) = substr(r.id_number, 17, 2)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, '15-digit number'
FROM damaged s
JOIN identity.register_profile r
    ON substr(s.id_number, 1, 6) = substr(r.id_number, 1, 6) AND substr(s.id_number, 7, 9) = substr(r.id_number, 9, 9)
WHERE length(s.id_number) = 15
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'name and end of number'
FROM identity.residual s
JOIN identity.register_profile r
    ON s.name_key = r.name_key AND right(s.id_number, 4) = substr(r.id_number, 15, 4)
WHERE NOT s.taken
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number with digits swapped ten places apart'
FROM swapped s
JOIN identity.known_number k ON s.number_no = k.number_no
JOIN identity.register_profile r ON k.person_key = r.person_key
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'first two characters and birth year'
FROM odd_name s
JOIN identity.register_profile r
    ON left(s.name_key, 2) = left(r.name_key, 2) AND year(s.birth) = year(r.birth_date)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'last two characters and birth year'
FROM odd_name s
JOIN identity.register_profile r
    ON right(s.name_key, 2) = right(r.name_key, 2) AND year(s.birth) = year(r.birth_date)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'first and last character and birth year'
FROM odd_name s
JOIN identity.register_profile r
    ON left(s.name_key, 1) = left(r.name_key, 1)
    AND right(s.name_key, 1) = right(r.name_key, 1)
    AND year(s.birth) = year(r.birth_date)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'first and last character and birthday'
FROM odd_name s
JOIN identity.register_profile r
    ON left(s.name_key, 1) = left(r.name_key, 1)
    AND right(s.name_key, 1) = right(r.name_key, 1)
    AND month(s.birth) = month(r.birth_date)
    AND day(s.birth) = day(r.birth_date)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'first two characters and birthday'
FROM odd_name s
JOIN identity.register_profile r
    ON left(s.name_key, 2) = left(r.name_key, 2)
    AND month(s.birth) = month(r.birth_date)
    AND day(s.birth) = day(r.birth_date)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birth date and first character'
FROM dated s
JOIN identity.register_profile r ON s.birth = r.birth_date AND left(s.name_key, 1) = left(r.name_key, 1)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birth date and last character'
FROM dated s
JOIN identity.register_profile r ON s.birth = r.birth_date AND right(s.name_key, 1) = right(r.name_key, 1)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birth date and former name'
FROM identity.residual s
JOIN identity.register_profile r ON s.birth = r.birth_date AND s.name_key = r.former_name_key
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'rare name'
FROM identity.residual s
JOIN identity.bearer c ON s.name_key = c.name_key
JOIN identity.register_profile r ON s.name_key = r.name_key
WHERE c.holders <= CASE WHEN s.birth IS NULL THEN 20 ELSE 2 END
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'name and birth year'
FROM identity.residual s
JOIN identity.register_profile r ON s.name_key = r.name_key AND year(s.birth) = year(r.birth_date)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'name and birthday'
FROM identity.residual s
JOIN identity.register_profile r
    ON s.name_key = r.name_key AND month(s.birth) = month(r.birth_date) AND day(s.birth) = day(r.birth_date)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'phone'
FROM identity.residual s
JOIN identity.known_contact k ON s.phone = k.value
JOIN identity.register_profile r ON k.person_key = r.person_key
WHERE
    (k.sharers <= 30 AND (s.number_no IS NULL OR s.taken OR left(s.name_key, 1) = left(r.name_key, 1)))
    OR s.name_key = r.name_key
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'phone or address of the household'
FROM identity.residual s
JOIN identity.household_contact k ON s.phone = k.value
JOIN identity.register_profile r ON k.household_no = r.household_no
WHERE (s.number_no IS NULL OR s.taken) AND starts_with(s.name_key, left(r.name_key, 1))
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'phone or address of the household'
FROM identity.residual s
JOIN identity.household_contact k ON s.address = k.value
JOIN identity.register_profile r ON k.household_no = r.household_no
WHERE (s.number_no IS NULL OR s.taken) AND starts_with(s.name_key, left(r.name_key, 1))
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'address'
FROM identity.residual s
JOIN identity.known_contact k ON s.address = k.value
JOIN identity.register_profile r ON k.person_key = r.person_key
WHERE
    (k.sharers <= 40 AND (s.number_no IS NULL OR s.taken OR left(s.name_key, 1) = left(r.name_key, 1)))
    OR s.name_key = r.name_key
