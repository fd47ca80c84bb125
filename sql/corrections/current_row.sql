-- Rows by which a person is being served or holds something now.
-- grain: a row of a roll that is current on the as-of date; local = it ends when the registration is moved away
-- columns: extract, row_number, local
-- from: intake.benefit_roll, intake.disability_certificate, intake.family_planning, intake.hardship_roll,
--   intake.household_register, intake.long_term_care, intake.pension_roll, intake.preferential_treatment, run.context
SELECT 'benefit_roll' AS extract, row_number, TRUE AS local
FROM intake.benefit_roll
WHERE status = 1
UNION ALL
SELECT 'hardship_roll' AS extract, hardship_roll.row_number, TRUE AS local
FROM intake.hardship_roll AS hardship_roll
CROSS JOIN run.context AS context
WHERE hardship_roll.ended_on IS NULL OR hardship_roll.ended_on >= context.as_of
UNION ALL
SELECT 'long_term_care' AS extract, row_number, TRUE AS local
FROM intake.long_term_care
WHERE status = 1
UNION ALL
SELECT 'preferential_treatment' AS extract, row_number, TRUE AS local
FROM intake.preferential_treatment
UNION ALL
SELECT 'family_planning' AS extract, row_number, TRUE AS local
FROM intake.family_planning
UNION ALL
SELECT 'disability_certificate' AS extract, row_number, FALSE AS local
FROM intake.disability_certificate
WHERE status = 1
UNION ALL
SELECT 'pension_roll' AS extract, row_number, FALSE AS local
FROM intake.pension_roll
WHERE status = 2
UNION ALL
SELECT 'household_register' AS extract, row_number, FALSE AS local
FROM intake.household_register
WHERE status = 1
