-- Rows of persons of the register who are dead or no longer registered; only links that are clear count.
-- grain: a source row (a marriage row by role)
-- columns: extract, row_number, role, person_key, alive, died_on, death_evidence, deregistered_on
-- from: facts.person, identity.link
SELECT
    link.extract,
    link.row_number,
    link.role,
    link.person_key,
    person.alive,
    person.died_on,
    person.death_evidence,
    person.deregistered_on
FROM facts.person AS person
INNER JOIN identity.link AS link ON link.person_key = person.person_key
WHERE
    person.in_register
    AND (NOT person.alive OR NOT person.registered)
    AND link.grade IN ('exact', 'strong')
