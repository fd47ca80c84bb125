-- Who bears an identity number, as far as it is published. One row: such a person. From mart.person.
SELECT
    person_id,
    name,
    id_number,
    sex,
    age,
    alive,
    registered,
    area_code
FROM mart.person
WHERE id_number = $number OR former_id_number = $number
ORDER BY registered DESC, alive DESC, person_id
