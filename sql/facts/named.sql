-- facts.named: whom an extract names at all, in a row that counts or in one that has run out: of all others it is known
-- only that they were looked for and not found.
-- grain: a person × extract (a view; extracts on which a condition of a policy may rest)
-- columns: person_key, extract
-- from: facts.ability, facts.family_planning, facts.hardship, facts.health_check, facts.link, facts.pension,
--   facts.preferential, facts.survey, facts.visit, intake.disability_certificate, intake.long_term_care,
--   intake.rescue_register
-- materialized: view
SELECT person_key, 'hardship_roll' AS extract FROM facts.hardship
UNION ALL
SELECT DISTINCT l.person_key, 'disability_certificate' AS extract
FROM intake.disability_certificate AS t
INNER JOIN facts.link AS l ON l.extract = 'disability_certificate' AND l.row_number = t.row_number
UNION ALL
SELECT person_key, 'ability_assessment' AS extract FROM facts.ability
UNION ALL
SELECT person_key, 'care_survey' AS extract FROM facts.survey
UNION ALL
SELECT person_key, 'family_planning' AS extract FROM facts.family_planning
UNION ALL
SELECT person_key, 'preferential_treatment' AS extract FROM facts.preferential
UNION ALL
SELECT person_key, 'pension_roll' AS extract FROM facts.pension
UNION ALL
SELECT DISTINCT l.person_key, 'long_term_care' AS extract
FROM intake.long_term_care AS t
INNER JOIN facts.link AS l ON l.extract = 'long_term_care' AND l.row_number = t.row_number
UNION ALL
SELECT person_key, 'visit_log' AS extract FROM facts.visit
UNION ALL
SELECT person_key, 'health_management' AS extract FROM facts.health_check
UNION ALL
SELECT DISTINCT l.person_key, 'rescue_register' AS extract
FROM intake.rescue_register AS r
INNER JOIN facts.link AS l ON l.extract = 'rescue_register' AND l.row_number = r.row_number
