-- Candidates: residual rows beside the register rows that could be the same person, by several equi-join keys.
-- One row of: residual row × register row × key (`block`). From: identity.residual, register_profile, known_*.
-- Number keys leave out the part of a number in which one slip may stand, so that a hash join finds it.
-- Keys whose blocks would explode (a common name, a shared phone, an institution's address) are capped, and
-- a finer key stands beside each.
WITH common_name AS (
    SELECT name_key, count(*) AS holders FROM identity.register_profile GROUP BY name_key
),
busy_phone AS (
    SELECT phone FROM identity.register_profile WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) > 30
),
busy_address AS (
    SELECT address FROM identity.register_profile WHERE address IS NOT NULL GROUP BY address HAVING count(*) > 40
)
SELECT s.row_key, r.row_key AS register_key, r.person_key, 'number held' AS block
FROM identity.residual s
JOIN identity.known_number k ON s.id_number18 = k.id_number18
JOIN identity.register_profile r ON k.person_key = r.person_key
UNION ALL
SELECT s.row_key, o.row_key, o.person_key, 'household of the number''s holder'
FROM identity.residual s
JOIN identity.known_number k ON s.id_number18 = k.id_number18
JOIN identity.register_profile r ON k.person_key = r.person_key
JOIN identity.register_profile o ON r.household_no = o.household_no AND r.person_key <> o.person_key
WHERE s.taken
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number but its area'
FROM identity.residual s
JOIN identity.register_profile r ON right(s.id_number, 12) = substr(r.id_number18, 7, 12)
WHERE s.id_number18 IS NULL AND length(s.id_number) BETWEEN 17 AND 19
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number but its birth year'
FROM identity.residual s
JOIN identity.register_profile r
    ON substr(s.id_number, 1, 6) = substr(r.id_number18, 1, 6) AND right(s.id_number, 8) = substr(r.id_number18, 11, 8)
WHERE s.id_number18 IS NULL AND length(s.id_number) BETWEEN 17 AND 19
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number but its birthday'
FROM identity.residual s
JOIN identity.register_profile r
    ON substr(s.id_number, 1, 10) = substr(r.id_number18, 1, 10) AND right(s.id_number, 4) = substr(r.id_number18, 15, 4)
WHERE s.id_number18 IS NULL AND length(s.id_number) BETWEEN 17 AND 19
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'first 15 of the number'
FROM identity.residual s
JOIN identity.register_profile r ON substr(s.id_number, 1, 15) = substr(r.id_number18, 1, 15)
WHERE s.id_number18 IS NULL AND length(s.id_number) BETWEEN 15 AND 20
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'number but its place 15 and 16'
FROM identity.residual s
JOIN identity.register_profile r
    ON substr(s.id_number, 1, 14) = substr(r.id_number18, 1, 14) AND right(s.id_number, 2) = substr(r.id_number18, 17, 2)
WHERE s.id_number18 IS NULL AND length(s.id_number) BETWEEN 17 AND 19
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, '15-digit number'
FROM identity.residual s
JOIN identity.register_profile r
    ON substr(s.id_number, 1, 6) = substr(r.id_number18, 1, 6) AND substr(s.id_number, 7, 9) = substr(r.id_number18, 9, 9)
WHERE s.id_number18 IS NULL AND length(s.id_number) = 15
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birth date and first character'
FROM identity.residual s
JOIN identity.register_profile r ON s.birth = r.birth_date AND left(s.name_key, 1) = left(r.name_key, 1)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birth date and last character'
FROM identity.residual s
JOIN identity.register_profile r ON s.birth = r.birth_date AND right(s.name_key, 1) = right(r.name_key, 1)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'birth date and former name'
FROM identity.residual s
JOIN identity.register_profile r ON s.birth = r.birth_date AND s.name_key = r.former_name_key
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'rare name'
FROM identity.residual s
JOIN common_name c ON s.name_key = c.name_key AND c.holders <= 20
JOIN identity.register_profile r ON s.name_key = r.name_key
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'name and birth year'
FROM identity.residual s
JOIN identity.register_profile r ON s.name_key = r.name_key AND year(s.birth) = year(r.birth_date)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'name and end of number'
FROM identity.residual s
JOIN identity.register_profile r ON s.name_key = r.name_key AND right(s.id_number, 4) = substr(r.id_number18, 15, 4)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'phone'
FROM identity.residual s
JOIN identity.register_profile r ON s.phone = r.phone
WHERE s.phone NOT IN (SELECT phone FROM busy_phone)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'phone and name'
FROM identity.residual s
JOIN identity.register_profile r ON s.phone = r.phone AND s.name_key = r.name_key
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'address'
FROM identity.residual s
JOIN identity.register_profile r ON s.address = r.address
WHERE s.address NOT IN (SELECT address FROM busy_address)
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'address and name'
FROM identity.residual s
JOIN identity.register_profile r ON s.address = r.address AND s.name_key = r.name_key
UNION ALL
SELECT s.row_key, r.row_key, r.person_key, 'registered address'
FROM identity.residual s
JOIN identity.register_profile r ON s.address = r.other_address AND left(s.name_key, 1) = left(r.name_key, 1)
