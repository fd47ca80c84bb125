-- changes.former_id: ids that nobody has tonight, since their person was merged into another id: two ids became one. A
-- row that was linked to the id before, and surely to somebody else now, shows it where the registry does not.
-- grain: such an id of an previous night, with tonight's person
-- columns: person_id, person_key
-- from: identity.known_id, identity.person, identity.relinked
WITH merged AS (
    SELECT person_id, person_key, 0 AS place
    FROM identity.known_id
    UNION ALL
    SELECT
        person_id_before AS person_id,
        person_key,
        CASE WHEN extract = 'household_register' THEN 1 ELSE 2 END AS place
    FROM identity.relinked
    WHERE person_id_before IS NOT NULL AND grade <> 'review'
)

SELECT t.person_id, t.person_key
FROM merged AS t
LEFT JOIN identity.person AS p ON p.person_id = t.person_id
WHERE p.person_id IS NULL
QUALIFY row_number() OVER (PARTITION BY t.person_id ORDER BY t.place, t.person_key) = 1
