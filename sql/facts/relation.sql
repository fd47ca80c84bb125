-- facts.relation: who belongs together. One row: a person × another of the same 户号 (household), or her present spouse (spouse).
-- A 户号 of more than 50 (a collective household: a home, a dormitory) is an address, not a family, and is left out.
-- From facts.person, facts.marriage.
WITH door AS (
    SELECT household_id
    FROM facts.person
    WHERE household_id IS NOT NULL
    GROUP BY household_id
    HAVING count(*) BETWEEN 2 AND 50
)

SELECT
    p.person_key,
    o.person_key AS other_key,
    'household' AS relation,
    o.alive AS alive_other,
    o.registered AS registered_other
FROM door AS d
INNER JOIN facts.person AS p ON p.household_id = d.household_id
INNER JOIN facts.person AS o ON o.household_id = d.household_id AND o.person_key <> p.person_key
UNION ALL
SELECT
    m.person_key,
    o.person_key AS other_key,
    'spouse' AS relation,
    o.alive AS alive_other,
    o.registered AS registered_other
FROM facts.marriage AS m
INNER JOIN facts.person AS o ON o.person_key = m.spouse_key
