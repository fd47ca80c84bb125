-- Who has a row on a roll, by number and name, on one of the two nights only. One row of: roll × person.
-- From: identity.live_link, row_content, loose_link.
WITH tonight AS (
    SELECT DISTINCT c.roll, l.person_key
    FROM identity.live_link l
    JOIN identity.row_content c ON l.row_key = c.row_key
),
before AS (
    SELECT DISTINCT roll, person_key FROM identity.loose_link WHERE person_key IS NOT NULL
)
SELECT t.roll, t.person_key FROM tonight t ANTI JOIN before b ON t.roll = b.roll AND t.person_key = b.person_key
UNION ALL
SELECT b.roll, b.person_key FROM before b ANTI JOIN tonight t ON t.roll = b.roll AND t.person_key = b.person_key
