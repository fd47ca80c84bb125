-- The persons of this run with their stable ids. A registered person has the key of a register row: these are numbered
-- first.
-- grain: person
-- columns: person_key, person_id, in_register
-- from: identity.assigned_id, identity.fresh_id, registry.person
SELECT
    a.person_key,
    coalesce(p.person_id, f.person_id) AS person_id,
    a.person_key < 20000000000 AS in_register
FROM identity.assigned_id a
LEFT JOIN registry.person p ON a.born = p.born
LEFT JOIN identity.fresh_id f ON a.born = f.born
