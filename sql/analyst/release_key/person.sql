-- The key of a person in this release's analyst file: a random order, drawn again for every release, so
-- that two releases cannot be joined and nothing leads back. Never copied into any published file.
-- grain: a person
-- columns: person_id, key
-- from: mart.person
SELECT
    person_id,
    row_number() OVER (ORDER BY drawn, person_id) AS key
FROM (SELECT person_id, random() AS drawn FROM mart.person) AS lot
