-- On which roll a row is (`context`): its extract, for the benefit roll with the programme, for marriages with the
-- event. With the last year in which its person can be born, and whether nobody here has the row's valid number
-- (`number_unregistered`).
-- grain: an unlinked record
-- columns: row_key, context, latest_birth_year, number_unregistered
-- from: identity.extract_name, identity.latest_birth_year, identity.unlinked_record, intake.benefit_roll,
--   intake.marriage_register
SELECT
    record.row_key,
    concat_ws('/', extract_name.extract, benefit.programme, CAST(marriage.event AS VARCHAR)) AS context,
    latest.latest_birth_year,
    record.number_no IS NOT NULL AND NOT record.other_persons_number AS number_unregistered
FROM identity.unlinked_record AS record
JOIN identity.extract_name ON record.row_key // 10000000000 = extract_name.extract_no
LEFT JOIN intake.marriage_register AS marriage
    ON record.row_key // 10000000000 = 2 AND record.row_key % 10000000000 // 10 = marriage.row_number
LEFT JOIN identity.latest_birth_year AS latest ON record.row_key = latest.row_key
LEFT JOIN intake.benefit_roll AS benefit
    ON record.row_key // 10000000000 = 5 AND record.row_key % 10000000000 // 10 = benefit.row_number
