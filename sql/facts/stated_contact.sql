-- Addresses and phones as departments recorded them, each with the day for which it holds as far as is known.
-- `priority`: of two with one day that of the smaller number is trusted more.
-- Written from contracts/extracts by `python -m contracts.generate`: not to be edited.
-- grain: a row of an extract whose contacts are used
-- columns: source, priority, row_number, stated_on, address, phone
-- from: intake.ability_assessment, intake.benefit_roll, intake.care_survey, intake.disability_certificate,
--   intake.hardship_roll, intake.pension_roll, intake.visit_log
-- materialized: view
SELECT 'visit_log' AS source, 1 AS priority, row_number, visited_on AS stated_on, address, phone
FROM intake.visit_log
UNION ALL
SELECT 'care_survey' AS source, 2 AS priority, row_number, surveyed_on AS stated_on, address, phone
FROM intake.care_survey
UNION ALL
SELECT 'ability_assessment' AS source, 3 AS priority, row_number, assessed_on AS stated_on, address, phone
FROM intake.ability_assessment
UNION ALL
SELECT 'hardship_roll' AS source, 4 AS priority, row_number, recognised_on AS stated_on, address, phone
FROM intake.hardship_roll
UNION ALL
SELECT 'disability_certificate' AS source, 5 AS priority, row_number, issued_on AS stated_on, address, phone
FROM intake.disability_certificate
UNION ALL
SELECT 'benefit_roll' AS source, 6 AS priority, row_number, start_month AS stated_on, address, phone
FROM intake.benefit_roll
UNION ALL
SELECT 'pension_roll' AS source, 7 AS priority, row_number, first_month AS stated_on, NULL AS address, phone
FROM intake.pension_roll
