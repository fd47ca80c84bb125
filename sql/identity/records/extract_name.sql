-- The extracts by the number with which their row keys begin, as in `source_row`.
-- Written from contracts/extracts by `python -m contracts.generate`: not to be edited.
-- grain: an extract
-- columns: extract_no, extract
-- from: nothing
-- materialized: view
SELECT CAST(number AS BIGINT) AS extract_no, extract
FROM (VALUES
    (1, 'household_register'),
    (2, 'marriage_register'),
    (3, 'hardship_roll'),
    (4, 'ability_assessment'),
    (5, 'benefit_roll'),
    (6, 'death_record'),
    (7, 'visit_log'),
    (8, 'care_survey'),
    (9, 'rescue_register'),
    (10, 'disability_certificate'),
    (11, 'pension_roll'),
    (12, 'long_term_care'),
    (13, 'family_planning'),
    (14, 'health_management'),
    (15, 'preferential_treatment'),
    (16, 'outreach_outcome')
) AS named (number, extract)
