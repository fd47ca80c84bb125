-- What each department's row says of whom it is about, as one number (`content`): by it a row is found again on another night,
-- wherever in its file it stands; rows that say the same have the same number. With the person to whom last night's row that
-- said the same was linked by number and name, and whether that link stands. And contents that no row of tonight says (no
-- `row_key`). One row of: source row of another extract than the register (there: delivered_register).
-- From: identity.source_row, touched_number, touched_contact, carry, last_night.link.
-- A link stands where of nobody who bears the number the register says anything else than last night, nobody of the name has come to
-- the row's address or phone, and the night carries over.
WITH told AS (
    SELECT row_key, hash(content, row_key // 10000000000, row_key % 10) AS content
    FROM identity.source_row
    WHERE extract <> 'household_register'
),
standing AS (
    SELECT
        l.content,
        l.person_key,
        l.birth_agrees,
        l.sex_agrees,
        y.links
        AND l.clear_no IS NOT NULL
        AND t.number_no IS NULL
        AND d.contact_key IS NULL
        AND p.contact_key IS NULL AS stands
    FROM last_night.link l
    LEFT JOIN identity.touched_number t ON l.clear_no = t.number_no
    LEFT JOIN identity.touched_contact d ON l.door_key = d.contact_key
    LEFT JOIN identity.touched_contact p ON l.line_key = p.contact_key
    CROSS JOIN identity.carry y
)
SELECT
    c.row_key,
    coalesce(c.content, l.content) AS content,
    l.person_key,
    l.birth_agrees,
    l.sex_agrees,
    coalesce(l.stands, FALSE) AND c.row_key IS NOT NULL AS stands
FROM told c
FULL JOIN standing l ON c.content = l.content
