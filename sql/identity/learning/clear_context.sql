-- Among whom the rows stand that number and name tie to a person: as identity.row_context, for learning who stands on
-- which roll.
-- grain: source row
-- columns: row_key, person_key, roll, context
-- from: identity.extract_name, identity.number_link, identity.row_content, intake.benefit_roll,
--   intake.marriage_register
SELECT
    r.row_key,
    r.person_key,
    c.roll,
    concat_ws('/', e.extract, b.programme, CAST(m.event AS VARCHAR)) AS context
FROM identity.number_link r
JOIN identity.row_content c ON r.row_key = c.row_key
JOIN identity.extract_name e ON r.row_key // 10000000000 = e.extract_no
LEFT JOIN intake.marriage_register m
    ON r.row_key // 10000000000 = 2 AND r.row_key % 10000000000 // 10 = m.row_number
LEFT JOIN intake.benefit_roll b
    ON r.row_key // 10000000000 = 5 AND r.row_key % 10000000000 // 10 = b.row_number
