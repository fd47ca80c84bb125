-- facts.grade: on how good a link the facts of a person rest, extract by extract. grade is the weakest: exact, then
-- strong, then new (a person of its own, linked to no other row), then review. A death record under review makes nobody
-- dead, but that the person lives rests on it: it counts here, however little speaks for it. So does one of a death
-- before the birth of the person.
-- grain: a person × extract with a linked row that counts (a current roll, the valid certificate, …; not a row that has
--   run out)
-- columns: person_key, extract, grade
-- from: facts.ability, facts.birth, facts.death, facts.disability, facts.family_planning, facts.hardship,
--   facts.health_check, facts.long_term_care, facts.marriage, facts.pension, facts.preferential, facts.receiving,
--   facts.register, facts.rescue, facts.survey, facts.visit, identity.link, intake.death_record, run.context
WITH counted AS (
    SELECT person_key, 'household_register' AS extract, 1 AS grade_rank FROM facts.register
    UNION ALL
    SELECT person_key, 'death_record' AS extract, record_grade_rank AS grade_rank FROM facts.death
    UNION ALL
    SELECT DISTINCT l.person_key, 'death_record' AS extract, 4 AS grade_rank
    FROM identity.link AS l
    INNER JOIN intake.death_record AS d ON d.row_number = l.row_number
    CROSS JOIN run.context AS c
    LEFT JOIN facts.death AS k ON k.person_key = l.person_key
    LEFT JOIN facts.birth AS b ON b.person_key = l.person_key
    WHERE
        l.extract = 'death_record'
        AND (l.grade = 'review' OR d.died_on < b.birth_date)
        AND d.died_on <= c.as_of
        AND k.person_key IS NULL
    UNION ALL
    SELECT person_key, 'hardship_roll' AS extract, grade_rank FROM facts.hardship
    UNION ALL
    SELECT person_key, 'disability_certificate' AS extract, grade_rank FROM facts.disability
    UNION ALL
    SELECT person_key, 'ability_assessment' AS extract, grade_rank FROM facts.ability
    UNION ALL
    SELECT person_key, 'care_survey' AS extract, grade_rank FROM facts.survey
    UNION ALL
    SELECT person_key, 'family_planning' AS extract, grade_rank FROM facts.family_planning
    UNION ALL
    SELECT person_key, 'preferential_treatment' AS extract, grade_rank FROM facts.preferential
    UNION ALL
    SELECT person_key, 'pension_roll' AS extract, grade_rank FROM facts.pension
    UNION ALL
    SELECT person_key, 'long_term_care' AS extract, grade_rank FROM facts.long_term_care
    UNION ALL
    SELECT person_key, 'marriage_register' AS extract, grade_rank FROM facts.marriage WHERE spouse_key IS NOT NULL
    UNION ALL
    SELECT person_key, extract, grade_rank FROM facts.visit
    UNION ALL
    SELECT person_key, extract, grade_rank FROM facts.health_check
    UNION ALL
    SELECT person_key, 'rescue_register' AS extract, grade_rank FROM facts.rescue
    UNION ALL
    SELECT
        person_key,
        'benefit_roll' AS extract,
        max(CASE grade WHEN 'exact' THEN 1 WHEN 'strong' THEN 2 WHEN 'new' THEN 3 ELSE 4 END) AS grade_rank
    FROM facts.receiving
    GROUP BY person_key
)

SELECT
    person_key,
    extract,
    CASE max(grade_rank) WHEN 1 THEN 'exact' WHEN 2 THEN 'strong' WHEN 3 THEN 'new' ELSE 'review' END AS grade
FROM counted
WHERE grade_rank IS NOT NULL
GROUP BY person_key, extract
