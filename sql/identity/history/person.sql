-- The persons of this run with their stable ids: those of the registry, and those drawn tonight. A registered person
-- has the key of a register row: these are numbered first.
-- grain: a person
-- columns: person_key, person_id, in_register
-- from: identity.assigned_id, identity.fresh_id, registry.person
SELECT
    assigned.person_key,
    coalesce(registry_person.person_id, fresh.person_id) AS person_id,
    assigned.person_key < 20000000000 AS in_register
FROM identity.assigned_id AS assigned
LEFT JOIN registry.person AS registry_person ON assigned.born = registry_person.born
LEFT JOIN identity.fresh_id AS fresh ON assigned.born = fresh.born
