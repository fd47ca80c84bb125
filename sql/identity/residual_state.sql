-- All that the comparison of a residual row rests on beside the register rows that it is compared with, as one number:
-- what the row says (and what rows with its number and name lend it), and what phones, addresses, households,
-- companions, clerks and the frequency of its name add.
-- One row of: residual row. From: identity.residual, row_content, bearer, known_contact, household_contact, companion,
-- ruled, assigned_id, busy_day.
-- Two rows with one number have the same candidates, compared alike. Persons are named by `born`, which lasts.
WITH contact AS (
    SELECT k.value, sum(hash(a.born) // 4096) AS known, max(k.sharers) AS sharers
    FROM identity.known_contact k
    JOIN identity.assigned_id a ON k.person_key = a.person_key
    GROUP BY k.value
),
household AS (
    SELECT value, sum(hash(household_no, sharers) // 4096) AS known
    FROM identity.household_contact
    GROUP BY value
),
related AS (
    SELECT c.row_key, sum(hash(c.kind, c.household_no, a.born) // 4096) AS known
    FROM identity.companion c
    JOIN identity.assigned_id a ON c.companion_key = a.person_key
    GROUP BY c.row_key
),
decided AS (
    SELECT r.row_key, sum(hash(a.born, r.same) // 4096) AS known
    FROM identity.ruled r
    JOIN identity.assigned_id a ON r.person_key = a.person_key
    GROUP BY r.row_key
)
SELECT
    s.row_key,
    hash(
        c.content, s.phone, s.address, s.taken, b.bearers, b.holders <= 2, b.holders <= 20, d.birth_date IS NULL,
        p.known, p.sharers, a.known, a.sharers, hp.known, ha.known, r.known, k.known
    ) AS state
FROM identity.residual s
JOIN identity.row_content c ON s.row_key = c.row_key
LEFT JOIN identity.bearer b ON s.name_key = b.name_key
LEFT JOIN identity.busy_day d ON s.birth = d.birth_date
LEFT JOIN contact p ON s.phone = p.value
LEFT JOIN contact a ON s.address = a.value
LEFT JOIN household hp ON s.phone = hp.value
LEFT JOIN household ha ON s.address = ha.value
LEFT JOIN related r ON s.row_key = r.row_key
LEFT JOIN decided k ON s.row_key = k.row_key
