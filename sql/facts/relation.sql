-- facts.relation: who belongs together. Who is registered in a collective household (a home, a dormitory) has no 户号
-- here: it is an address, not a family.
-- grain: a person × another of the same 户号 (household), or the present spouse (spouse)
-- columns: person_key, other_key, relation, alive_other, registered_other
-- from: facts.marriage, facts.person
WITH member AS (
    SELECT person_key, household_id, alive, registered
    FROM facts.person
    WHERE household_id IS NOT NULL
),

door AS (
    SELECT household_id, min(person_key) AS door_key
    FROM member
    GROUP BY household_id
    HAVING count(*) > 1
),

housed AS (
    SELECT d.door_key, m.person_key, m.alive, m.registered
    FROM member AS m
    INNER JOIN door AS d ON d.household_id = m.household_id
)

SELECT
    p.person_key,
    o.person_key AS other_key,
    'household' AS relation,
    o.alive AS alive_other,
    o.registered AS registered_other
FROM housed AS p
INNER JOIN housed AS o ON o.door_key = p.door_key AND o.person_key <> p.person_key
UNION ALL
SELECT
    m.person_key,
    o.person_key AS other_key,
    'spouse' AS relation,
    o.alive AS alive_other,
    o.registered AS registered_other
FROM facts.marriage AS m
INNER JOIN facts.person AS o ON o.person_key = m.spouse_key
