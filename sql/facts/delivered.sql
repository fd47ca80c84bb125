-- Which extracts were delivered tonight. An extract that is absent or was refused makes what rests on it NULL
-- (unknown), never false.
-- Written from contracts/extracts by `python -m contracts.generate`: not to be edited.
-- grain: one row in all, a column an extract, TRUE or FALSE
-- columns: household_register, marriage_register, hardship_roll, ability_assessment, benefit_roll, death_record,
--   visit_log, care_survey, rescue_register, disability_certificate, pension_roll, long_term_care, family_planning,
--   health_management, preferential_treatment, outreach_outcome
-- from: run.extract
SELECT
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'household_register'), FALSE) AS household_register,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'marriage_register'), FALSE) AS marriage_register,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'hardship_roll'), FALSE) AS hardship_roll,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'ability_assessment'), FALSE) AS ability_assessment,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'benefit_roll'), FALSE) AS benefit_roll,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'death_record'), FALSE) AS death_record,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'visit_log'), FALSE) AS visit_log,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'care_survey'), FALSE) AS care_survey,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'rescue_register'), FALSE) AS rescue_register,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'disability_certificate'), FALSE) AS disability_certificate,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'pension_roll'), FALSE) AS pension_roll,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'long_term_care'), FALSE) AS long_term_care,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'family_planning'), FALSE) AS family_planning,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'health_management'), FALSE) AS health_management,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'preferential_treatment'), FALSE) AS preferential_treatment,
    coalesce(bool_or(delivered) FILTER (WHERE extract = 'outreach_outcome'), FALSE) AS outreach_outcome
FROM run.extract
