-- All that the outcome of a residual row rests on beside the register rows that it is compared with, as one number: what the
-- row says, and rows with its number and name lend it; what phones, addresses, households, companions, clerks, rows kept
-- out and the rows beside it add; where it stands, and how common its name is. With the roll on which it stands.
-- One row of: residual row. From: identity.residual, row_content, row_context, bearer, busy_day, known_contact,
-- household_contact, companion, ruled, kept_out_rival, beside, known_name.
-- Two rows with one number have the same candidates, compared and weighed alike.
WITH contact AS (
    SELECT value, sum(hash(person_key) // 4096) AS known, max(sharers) AS sharers
    FROM identity.known_contact
    GROUP BY value
),
household AS (
    SELECT value, sum(hash(household_no, sharers) // 4096) AS known
    FROM identity.household_contact
    GROUP BY value
),
related AS (
    SELECT row_key, sum(hash(kind, household_no, companion_key, companion_birth) // 4096) AS known
    FROM identity.companion
    GROUP BY row_key
),
decided AS (
    SELECT row_key, sum(hash(person_key, same) // 4096) AS known
    FROM identity.ruled
    GROUP BY row_key
),
rivalled AS (
    SELECT row_key, sum(hash(number_no, slips) // 4096) AS known
    FROM identity.kept_out_rival
    GROUP BY row_key
),
placed AS (
    SELECT row_key, sum(hash(person_key, household_no, area_code) // 4096) AS known
    FROM identity.beside
    GROUP BY row_key
),
called AS (
    SELECT name_key, sum(hash(person_key) // 4096) AS known
    FROM identity.known_name
    GROUP BY name_key
)
SELECT
    s.row_key,
    c.roll,
    hash(
        c.content, x.context, s.phone, s.address, s.taken, b.bearers, b.holders <= 2, b.holders <= 20,
        d.birth_date IS NULL, p.known, p.sharers, a.known, a.sharers, hp.known, ha.known, r.known, k.known, v.known, n.known, w.known
    ) AS state
FROM identity.residual s
JOIN identity.row_content c ON s.row_key = c.row_key
JOIN identity.row_context x ON s.row_key = x.row_key
LEFT JOIN identity.bearer b ON s.name_key = b.name_key
LEFT JOIN identity.busy_day d ON s.birth = d.birth_date
LEFT JOIN contact p ON s.phone = p.value
LEFT JOIN contact a ON s.address = a.value
LEFT JOIN household hp ON s.phone = hp.value
LEFT JOIN household ha ON s.address = ha.value
LEFT JOIN related r ON s.row_key = r.row_key
LEFT JOIN decided k ON s.row_key = k.row_key
LEFT JOIN rivalled v ON s.row_key = v.row_key
LEFT JOIN placed n ON s.row_key = n.row_key
LEFT JOIN called w ON s.name_key = w.name_key
