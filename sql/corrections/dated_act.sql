-- Rows by which a person was met alive on a day.
-- grain: a row with that day
-- columns: extract, row_number, met_on
-- from: intake.ability_assessment, intake.care_survey, intake.health_management, intake.visit_log
SELECT 'visit_log' AS extract, row_number, visited_on AS met_on FROM intake.visit_log
UNION ALL
SELECT 'ability_assessment' AS extract, row_number, assessed_on AS met_on FROM intake.ability_assessment
UNION ALL
SELECT 'health_management' AS extract, row_number, managed_on AS met_on FROM intake.health_management
UNION ALL
SELECT 'care_survey' AS extract, row_number, surveyed_on AS met_on FROM intake.care_survey
WHERE surveyed_on IS NOT NULL
