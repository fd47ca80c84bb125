-- facts.source: which rows the facts of a person rest on: the chosen row where several give the same. detail: the code
-- or programme that the row names, or the day on which what it gave ran out. Who has one register row only has no row
-- of `register` here: it is that one. Birth date and sex rest on the register row that counts; where that does not
-- settle them, on every row that states that date. An answer of an outreach team that only the log of earlier nights
-- holds has no row here.
-- grain: a person × group of facts (contracts/facts.py, FACT_GROUPS) × source row
-- columns: person_key, fact_group, extract, row_number, role, detail
-- from: facts.ability, facts.birth, facts.death, facts.declined, facts.disability, facts.family_planning,
--   facts.hardship, facts.health_check, facts.long_term_care, facts.marriage, facts.pension, facts.preferential,
--   facts.receiving, facts.register, facts.rescue, facts.survey, facts.unsettled_row, facts.visit
-- materialized: view
SELECT person_key, 'register' AS fact_group, 'household_register' AS extract, row_number, '' AS role, NULL AS detail
FROM facts.register
WHERE has_several_rows
UNION ALL
SELECT
    person_key, 'death' AS fact_group, 'household_register' AS extract, death_row_number AS row_number,
    '' AS role, NULL AS detail
FROM facts.death
WHERE death_row_number IS NOT NULL
UNION ALL
SELECT
    person_key, 'death' AS fact_group, 'death_record' AS extract, record_row_number AS row_number,
    '' AS role, NULL AS detail
FROM facts.death
WHERE record_row_number IS NOT NULL
UNION ALL
SELECT u.person_key, 'birth' AS fact_group, u.extract, u.row_number, u.role, NULL AS detail
FROM facts.unsettled_row AS u
INNER JOIN facts.birth AS b ON b.person_key = u.person_key
WHERE
    u.birth_date = b.birth_date
    OR (
        length(u.id_number) = 18
        AND substr(u.id_number, 7, 8)
        = CAST(year(b.birth_date) * 10000 + month(b.birth_date) * 100 + day(b.birth_date) AS VARCHAR)
    )
UNION ALL
SELECT
    h.person_key,
    'hardship' AS fact_group,
    'hardship_roll' AS extract,
    h.roll.row_number AS row_number,
    '' AS role,
    CAST(h.roll.category AS VARCHAR) AS detail
FROM (SELECT person_key, unnest(roll_rows) AS roll FROM facts.hardship) AS h
UNION ALL
SELECT
    person_key,
    'hardship ended' AS fact_group,
    'hardship_roll' AS extract,
    ended_row_number AS row_number,
    '' AS role,
    CAST(hardship_ended_on AS VARCHAR) AS detail
FROM facts.hardship
WHERE ended_row_number IS NOT NULL
UNION ALL
SELECT
    person_key, 'certificate' AS fact_group, 'disability_certificate' AS extract, row_number,
    '' AS role, NULL AS detail
FROM facts.disability
WHERE row_number IS NOT NULL
UNION ALL
SELECT
    person_key,
    'certificate ended' AS fact_group,
    'disability_certificate' AS extract,
    ended_row_number AS row_number,
    '' AS role,
    CAST(certificate_ended_on AS VARCHAR) AS detail
FROM facts.disability
WHERE ended_row_number IS NOT NULL
UNION ALL
SELECT person_key, 'ability' AS fact_group, 'ability_assessment' AS extract, row_number, '' AS role, NULL AS detail
FROM facts.ability
WHERE row_number IS NOT NULL
UNION ALL
SELECT
    person_key,
    'ability ended' AS fact_group,
    'ability_assessment' AS extract,
    ended_row_number AS row_number,
    '' AS role,
    CAST(ability_ended_on AS VARCHAR) AS detail
FROM facts.ability
WHERE ended_row_number IS NOT NULL
UNION ALL
SELECT person_key, 'survey' AS fact_group, 'care_survey' AS extract, row_number, '' AS role, NULL AS detail
FROM facts.survey
UNION ALL
SELECT person_key, 'family_planning' AS fact_group, 'family_planning' AS extract, row_number, '' AS role, NULL AS detail
FROM facts.family_planning
UNION ALL
SELECT
    person_key, 'preferential' AS fact_group, 'preferential_treatment' AS extract, row_number,
    '' AS role, NULL AS detail
FROM facts.preferential
WHERE row_number IS NOT NULL
UNION ALL
SELECT
    person_key,
    'periodic_pension' AS fact_group,
    'preferential_treatment' AS extract,
    periodic_row_number AS row_number,
    '' AS role,
    NULL AS detail
FROM facts.preferential
WHERE periodic_row_number IS NOT NULL
UNION ALL
SELECT
    n.person_key,
    'pension' AS fact_group,
    'pension_roll' AS extract,
    n.scheme.row_number AS row_number,
    '' AS role,
    CAST(n.scheme.scheme AS VARCHAR) AS detail
FROM (SELECT person_key, unnest(schemes) AS scheme FROM facts.pension) AS n
UNION ALL
SELECT
    person_key, 'work_injury_care' AS fact_group, 'pension_roll' AS extract, work_injury_row_number AS row_number,
    '' AS role, NULL AS detail
FROM facts.pension
WHERE work_injury_row_number IS NOT NULL
UNION ALL
SELECT person_key, 'long_term_care' AS fact_group, 'long_term_care' AS extract, row_number, '' AS role, NULL AS detail
FROM facts.long_term_care
UNION ALL
SELECT person_key, 'marriage' AS fact_group, 'marriage_register' AS extract, row_number, role, NULL AS detail
FROM facts.marriage
UNION ALL
SELECT person_key, 'visit' AS fact_group, extract, row_number, '' AS role, NULL AS detail
FROM facts.visit
WHERE row_number IS NOT NULL
UNION ALL
SELECT person_key, 'health_check' AS fact_group, extract, row_number, '' AS role, NULL AS detail
FROM facts.health_check
WHERE row_number IS NOT NULL
UNION ALL
SELECT person_key, 'rescue' AS fact_group, 'rescue_register' AS extract, row_number, '' AS role, NULL AS detail
FROM facts.rescue
UNION ALL
SELECT person_key, 'receiving' AS fact_group, 'benefit_roll' AS extract, row_number, '' AS role, programme AS detail
FROM facts.receiving
UNION ALL
SELECT person_key, 'declined' AS fact_group, 'outreach_outcome' AS extract, row_number, '' AS role, programme AS detail
FROM facts.declined
WHERE row_number IS NOT NULL
