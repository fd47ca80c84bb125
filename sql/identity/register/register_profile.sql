-- What the register says in each of its rows, with the person it belongs to (rows connected by `register_edge` are
-- one). `leads`: the row that represents the person (a valid one before a deregistered one); `alone`: the person's only
-- one. `doubtful`: the number is also on a row of another name, or contradicts its own birth date: then it proves
-- little. `content` is NULL where several rows are the same: none of them can be found again by it. `key_*`: parts by
-- which damaged rows are looked for (`block_pair`), as numbers, which are quicker to compare than texts. Of the number:
-- all from the tenth place on (`end`), all before the fifteenth (`start`), area and last four (`ends`), the birthday
-- from the second place of its year on with the name's first character (`birthday`), the 15-digit form (`short`).
-- `key_address`: the address from three characters before its first digit on (石桥村3组120号), which its short forms keep.
-- `key_name_address`, `key_name_other_address`, `key_name_phone`: the name with that address, with the registered
-- address of a person who lives elsewhere, and with the phone, by which namesakes are found (`suspect_match`).
-- grain: a register row
-- columns: row_key, name_key, former_name_key, number_no, id_number, former_number_no, birth_date, sex, area_code,
--   status, phone, household_no, address, other_address, misdated, key_end, key_start, key_ends, key_birthday,
--   key_short, key_address, key_name_address, key_name_other_address, key_name_phone, content, person_key, leads,
--   alone, doubtful
-- from: identity.register_component, identity.register_row, identity.shared_number
WITH repeated_content AS (
    SELECT content FROM identity.register_row GROUP BY content HAVING count(*) > 1
),
register_line AS (
    SELECT *, nullif(regexp_extract(address, '.{3}[0-9].*$'), '') AS tail FROM identity.register_row
),
connected AS (
    SELECT
        component.row_key,
        component.component,
        row_number() OVER (
            PARTITION BY component.component ORDER BY
                coalesce(registered.status, 0) <> 1,
                CASE WHEN repeated_content.content IS NULL THEN registered.content END ASC NULLS LAST,
                component.row_key
        ) AS nth
    FROM identity.register_component AS component
    JOIN identity.register_row AS registered ON component.row_key = registered.row_key
    LEFT JOIN repeated_content ON registered.content = repeated_content.content
)
SELECT
    register_line.* EXCLUDE (content, tail, row_number),
    hash(substr(register_line.id_number, 11, 8)) AS key_end,
    hash(substr(register_line.id_number, 1, 14)) AS key_start,
    hash(substr(register_line.id_number, 1, 6) || substr(register_line.id_number, 15, 4)) AS key_ends,
    hash(substr(register_line.id_number, 8, 7) || left(register_line.name_key, 1)) AS key_birthday,
    hash(substr(register_line.id_number, 1, 6) || substr(register_line.id_number, 9, 9)) AS key_short,
    hash(register_line.tail) AS key_address,
    CASE
        WHEN register_line.name_key IS NOT NULL AND register_line.address IS NOT NULL
            THEN hash(register_line.name_key, coalesce(register_line.tail, register_line.address))
    END AS key_name_address,
    CASE
        WHEN register_line.name_key IS NOT NULL AND register_line.other_address IS NOT NULL
            THEN hash(
                register_line.name_key,
                coalesce(
                    nullif(regexp_extract(register_line.other_address, '.{3}[0-9].*$'), ''),
                    register_line.other_address
                )
            )
    END AS key_name_other_address,
    CASE
        WHEN register_line.name_key IS NOT NULL AND register_line.phone IS NOT NULL
            THEN hash(register_line.name_key, register_line.phone)
    END AS key_name_phone,
    CASE WHEN repeated_content.content IS NULL THEN register_line.content END AS content,
    coalesce(connected.component, register_line.row_key) AS person_key,
    coalesce(connected.nth, 1) = 1 AS leads,
    connected.row_key IS NULL AS alone,
    shared.number_no IS NOT NULL OR register_line.misdated AS doubtful
FROM register_line
LEFT JOIN repeated_content ON register_line.content = repeated_content.content
LEFT JOIN connected ON register_line.row_key = connected.row_key
LEFT JOIN identity.shared_number AS shared ON register_line.number_no = shared.number_no
