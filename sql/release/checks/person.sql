-- Persons that break their contract: an id missing or given twice.
-- grain: an id
-- columns: person_id, persons
-- from: mart.person
SELECT person_id, count(*) AS persons
FROM mart.person
GROUP BY person_id
HAVING count(*) > 1 OR person_id IS NULL
