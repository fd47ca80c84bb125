-- Who has an identity number, as far as it is published.
-- grain: such a person
-- columns: person_id, name, id_number, sex, age, alive, registered, area_code
-- from: mart.person
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
