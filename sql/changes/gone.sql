-- changes.gone: who a person was of whom no row speaks tonight, for the list on which the person's lines have left.
-- grain: such a person
-- columns: person_id, name, sex, age, id_number, area_code, town_code
-- from: changes.subject, previous.person
SELECT e.person_id, e.name, e.sex, e.age, e.id_number, e.area_code, e.town_code
FROM changes.subject AS s
INNER JOIN previous.person AS e ON e.person_id = s.person_id_before
WHERE s.person_key IS NULL
