-- All that the outcome of a residual row rests on beside the register rows that it is compared with, as one number: what the
-- row says (`content`, and with it where it stands: the roll, the programme, the event), and what rows with its number and name
-- lend it; what phones, addresses, households, companions, clerks, rows in quarantine and the rows beside it add; how common its name is,
-- or, where all else is hidden, its surname.
-- One row of: residual row. From: identity.residual, row_link, bearer, shown_surname, busy_day, known_contact, household_contact, companion,
-- ruled, quarantined_competitor, beside, known_name.
-- Two rows with one number have the same candidates, compared and weighed alike. Each part is a number, and the state their sum:
-- joined to one wide row they would cost three times as much. `// 4096` keeps sums within bounds.
WITH rarity AS (
    SELECT name_key, hash('name', bearers, holders <= 2, holders <= 20) AS part
    FROM identity.bearer
),
contact AS (
    SELECT value, hash(sum(hash(person_key) // 4096), max(sharers)) AS part
    FROM identity.known_contact
    GROUP BY value
),
reached AS (
    SELECT row_key, 'phone' AS kind, phone AS value FROM identity.residual WHERE phone IS NOT NULL
    UNION ALL
    SELECT row_key, 'address', address FROM identity.residual WHERE address IS NOT NULL
),
household AS (
    SELECT value, sum(hash(household_no, sharers) // 4096) AS part
    FROM identity.household_contact
    GROUP BY value
),
said AS (
    SELECT s.row_key, hash('row', c.content, s.phone, s.address, s.taken) AS part
    FROM identity.residual s
    JOIN identity.row_link c ON s.row_key = c.row_key
    UNION ALL
    SELECT s.row_key, b.part
    FROM identity.residual s
    JOIN rarity b ON s.name_key = b.name_key
    UNION ALL
    SELECT row_key, hash('surname', bearers)
    FROM identity.shown_surname
    UNION ALL
    SELECT s.row_key, hash('busy day')
    FROM identity.residual s
    JOIN identity.busy_day d ON s.birth = d.birth_date
    UNION ALL
    SELECT s.row_key, hash(s.kind, c.part)
    FROM reached s
    JOIN contact c ON s.value = c.value
    UNION ALL
    SELECT s.row_key, hash('household', s.kind, h.part)
    FROM reached s
    JOIN household h ON s.value = h.value
    UNION ALL
    SELECT s.row_key, hash('called elsewhere', k.person_key)
    FROM identity.residual s
    JOIN identity.known_name k ON s.name_key = k.name_key
    UNION ALL
    SELECT row_key, hash('companion', kind, household_no, companion_key, companion_birth)
    FROM identity.companion
    UNION ALL
    SELECT row_key, hash('ruled', person_key, same)
    FROM identity.ruled
    UNION ALL
    SELECT row_key, hash('quarantined', number_no, slips)
    FROM identity.quarantined_competitor
    UNION ALL
    SELECT s.row_key, hash('beside', b.person_key, b.household_no, b.area_code)
    FROM identity.residual s
    JOIN identity.beside b ON s.row_key = b.row_key
)
SELECT row_key, hash(sum(part // 4096)) AS state
FROM said
GROUP BY row_key
