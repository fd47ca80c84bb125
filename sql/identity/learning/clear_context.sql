-- The roll (`context`) of each row that number and name link, as in `unlinked_record`: from these it is learned who is
-- on which roll.
-- grain: a source row
-- columns: row_key, person_key, roll, context
-- from: identity.deterministic_link, identity.extract_name, identity.row_content, intake.benefit_roll,
--   intake.marriage_register
SELECT
    link.row_key,
    link.person_key,
    row_content.roll,
    concat_ws('/', extract_name.extract, benefit.programme, CAST(marriage.event AS VARCHAR)) AS context
FROM identity.deterministic_link AS link
JOIN identity.row_content ON link.row_key = row_content.row_key
JOIN identity.extract_name ON link.row_key // 10000000000 = extract_name.extract_no
LEFT JOIN intake.marriage_register AS marriage
    ON link.row_key // 10000000000 = 2 AND link.row_key % 10000000000 // 10 = marriage.row_number
LEFT JOIN intake.benefit_roll AS benefit
    ON link.row_key // 10000000000 = 5 AND link.row_key % 10000000000 // 10 = benefit.row_number
