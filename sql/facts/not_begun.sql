-- facts.not_begun: rows of a roll, certificates and assessments that begin after the as-of date: not in force yet, but
-- who has one is not simply one of whom nothing is known.
-- grain: a person × extract
-- columns: person_key, extract
-- from: facts.link, intake.ability_assessment, intake.disability_certificate, intake.family_planning,
--   intake.hardship_roll, run.context
SELECT DISTINCT l.person_key, l.extract
FROM (
    SELECT 'hardship_roll' AS extract, row_number, recognised_on AS begins_on
    FROM intake.hardship_roll
    UNION ALL
    SELECT 'disability_certificate' AS extract, row_number, issued_on AS begins_on
    FROM intake.disability_certificate
    WHERE status = 1
    UNION ALL
    SELECT 'ability_assessment' AS extract, row_number, assessed_on AS begins_on
    FROM intake.ability_assessment
    UNION ALL
    SELECT 'family_planning' AS extract, row_number, recognised_on AS begins_on
    FROM intake.family_planning
) AS s
INNER JOIN facts.link AS l ON l.extract = s.extract AND l.row_number = s.row_number
CROSS JOIN run.context AS c
WHERE s.begins_on > c.as_of
