-- Members of a household for whom a benefit of one to a household holds, in the order in which it is theirs: as of
-- today, and on each coming day on which it begins to hold for one of them by that member's age. A person without 户号
-- is a household alone. place 1 has it: one who receives it already, else the eldest; of equal birth dates the first
-- register row.
-- grain: a person, a day and such a programme
-- columns: person_key, on_day, programme, household, receiving, place
-- from: decisions.household_eligible, decisions.receipt, identity.link
SELECT
    m.person_key,
    m.on_day,
    m.programme,
    m.household,
    m.receiving,
    row_number() OVER (
        PARTITION BY m.household, m.on_day, m.programme
        ORDER BY
            CASE WHEN m.receiving THEN 0 ELSE 1 END ASC,
            CASE WHEN m.birth_date IS NULL THEN 1 ELSE 0 END ASC,
            m.birth_date ASC,
            m.first_row ASC,
            m.person_key ASC
    ) AS place
FROM (
    SELECT
        h.person_key,
        h.on_day,
        h.programme,
        h.household,
        h.birth_date,
        r.person_key IS NOT NULL AS receiving,
        coalesce(f.first_row, 9223372036854775807) AS first_row
    FROM decisions.household_eligible AS h
    LEFT JOIN decisions.receipt AS r ON r.person_key = h.person_key AND r.programme = h.programme
    LEFT JOIN (
        SELECT
            l.person_key,
            min(l.row_number) AS first_row
        FROM identity.link AS l
        WHERE l.extract = 'household_register'
        GROUP BY l.person_key
    ) AS f ON f.person_key = h.person_key
) AS m
