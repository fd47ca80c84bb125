-- Everything published about one person. One row: the person $person_id, if the release has her. From mart.person.
SELECT *
FROM mart.person
WHERE person_id = $person_id
