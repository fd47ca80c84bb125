-- New register rows, each taken for the only row of a person, until rows beside it say otherwise (rebuilt_profile).
-- One row of: register row. From: identity.new_register_row. What several rows say alike none of them is found again by.
-- `key_*`: parts by which damaged rows are looked for (block_pair), as numbers, which are quicker to look through than texts. Of the
-- number: all from the tenth place on (`end`), all before the fifteenth (`start`), area and last four (`ends`), the birthday from the
-- second place of its year on with the name's first character (`birthday`), the 15-digit form (`short`). `key_address`: the address
-- from three characters before its first digit on (石桥村3组120号), which its short forms keep. With the name: that address (`door`), where
-- she is registered if she lives elsewhere (`other_door`), and the phone (`line`), by which namesakes are found (doubtful_tie).
-- materialized: view
WITH several AS (
    SELECT content FROM identity.new_register_row GROUP BY content HAVING count(*) > 1
),
line AS (
    SELECT *, nullif(regexp_extract(address, '.{3}[0-9].*$'), '') AS tail FROM identity.new_register_row
)
SELECT
    r.* EXCLUDE (content, tail),
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
    r.row_key AS person_key,
    TRUE AS leads,
    TRUE AS alone,
    r.misdated AS doubtful
FROM line r
LEFT JOIN several s ON r.content = s.content
