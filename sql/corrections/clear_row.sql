-- Source rows whose person is known well enough to speak of: linked exactly or strongly to a person of the register.
-- One row: a source row (a marriage row gives two, by role). From identity.source_row, identity.link, facts.person.
SELECT
    source_row.extract,
    source_row.row_number,
    source_row.role,
    source_row.name_key,
    source_row.id_number18,
    link.person_key,
    person.alive,
    person.died_on,
    person.death_evidence,
    person.registered,
    person.deregistered_on
FROM identity.source_row AS source_row
INNER JOIN identity.link AS link
    ON link.extract = source_row.extract AND link.row_number = source_row.row_number AND link.role = source_row.role
INNER JOIN facts.person AS person ON person.person_key = link.person_key
WHERE link.grade IN ('exact', 'strong') AND person.in_register
