-- facts.swapped_death: people whom a death record names, but with name and number in each other's cells. Such a record
-- is under review and makes nobody dead; yet nothing but the order of its cells speaks against it.
-- grain: a person who may have died so
-- columns: person_key
-- from: facts.death, identity.link, intake.death_record, run.context
SELECT DISTINCT link.person_key
FROM identity.link AS link
INNER JOIN intake.death_record AS record ON record.row_number = link.row_number
CROSS JOIN run.context AS context
LEFT JOIN facts.death AS death ON death.person_key = link.person_key
WHERE
    link.extract = 'death_record'
    AND link.grade = 'review'
    AND record.id_number_state = 'swapped'
    AND record.died_on <= context.as_of
    AND death.person_key IS NULL
