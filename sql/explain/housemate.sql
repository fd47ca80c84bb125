-- The other living members of one person's 户号.
-- grain: a member
-- columns: person_id, age, registered, ability_level
-- from: mart.person
SELECT
    m.person_id,
    m.age,
    m.registered,
    m.ability_level
FROM mart.person AS p
INNER JOIN mart.person AS m ON m.household_id = p.household_id AND m.person_id <> p.person_id
WHERE p.person_id = $person_id AND m.alive
ORDER BY m.person_id
