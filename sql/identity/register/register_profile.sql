-- What the register says of each of its rows, with the person it belongs to. `leads`: the row that represents the
-- person (a valid one before a deregistered one); `alone`: the person's only one. `doubtful`: its number is also on a
-- row of another name, or contradicts its own birth date: then the number proves little. `content` is NULL where
-- several rows are the same: none of them can be found again by it. `key_*`: parts by which damaged rows are looked for
-- (block_pair), as numbers, which are quicker to compare than texts. Of the number: all from the tenth place on
-- (`end`), all before the fifteenth (`start`), area and last four (`ends`), the birthday from the second place of its
-- year on with the name's first character (`birthday`), the 15-digit form (`short`). `key_address`: the address from
-- three characters before its first digit on (石桥村3组120号), which its short forms keep. With the name: that address
-- (`door`), the registered address of a person who lives elsewhere (`other_door`), and the phone (`line`), by which
-- namesakes are found (doubtful_tie).
-- grain: register row
-- columns: row_key, name_key, former_name_key, number_no, id_number, former_number_no, birth_date, sex, area_code,
--   status, phone, household_no, address, other_address, misdated, key_end, key_start, key_ends, key_birthday,
--   key_short, key_address, key_door, key_other_door, key_line, content, person_key, leads, alone, doubtful
-- from: identity.register_component, identity.register_row, identity.shared_number
WITH several AS (
    SELECT content FROM identity.register_row GROUP BY content HAVING count(*) > 1
),
line AS (
    SELECT *, nullif(regexp_extract(address, '.{3}[0-9].*$'), '') AS tail FROM identity.register_row
),
tied AS (
    SELECT
        c.row_key,
        c.component,
        row_number() OVER (
            PARTITION BY c.component ORDER BY
                coalesce(r.status, 0) <> 1,
                CASE WHEN s.content IS NULL THEN r.content END ASC NULLS LAST,
                c.row_key
        ) AS place
    FROM identity.register_component c
    JOIN identity.register_row r ON c.row_key = r.row_key
    LEFT JOIN several s ON r.content = s.content
)
SELECT
    r.* EXCLUDE (content, tail, row_number),
    hash(substr(r.id_number, 11, 8)) AS key_end,
    hash(substr(r.id_number, 1, 14)) AS key_start,
    hash(substr(r.id_number, 1, 6) || substr(r.id_number, 15, 4)) AS key_ends,
    hash(substr(r.id_number, 8, 7) || left(r.name_key, 1)) AS key_birthday,
    hash(substr(r.id_number, 1, 6) || substr(r.id_number, 9, 9)) AS key_short,
    hash(r.tail) AS key_address,
    CASE
        WHEN r.name_key IS NOT NULL AND r.address IS NOT NULL THEN hash(r.name_key, coalesce(r.tail, r.address))
    END AS key_door,
    CASE
        WHEN r.name_key IS NOT NULL AND r.other_address IS NOT NULL
            THEN hash(r.name_key, coalesce(nullif(regexp_extract(r.other_address, '.{3}[0-9].*$'), ''), r.other_address))
    END AS key_other_door,
    CASE WHEN r.name_key IS NOT NULL AND r.phone IS NOT NULL THEN hash(r.name_key, r.phone) END AS key_line,
    CASE WHEN s.content IS NULL THEN r.content END AS content,
    coalesce(t.component, r.row_key) AS person_key,
    coalesce(t.place, 1) = 1 AS leads,
    t.row_key IS NULL AS alone,
    d.number_no IS NOT NULL OR r.misdated AS doubtful
FROM line r
LEFT JOIN several s ON r.content = s.content
LEFT JOIN tied t ON r.row_key = t.row_key
LEFT JOIN identity.shared_number d ON r.number_no = d.number_no
