-- Persons that break their contract: an id missing or given twice. One row: an id. From mart.person.
SELECT person_id, count(*) AS persons
FROM mart.person
GROUP BY person_id
HAVING count(*) > 1 OR person_id IS NULL
