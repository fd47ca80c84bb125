-- The persons of this run with their stable ids. One row of: person. From: identity.assigned_id, register_profile.
SELECT
    a.person_key,
    a.person_id,
    a.person_key IN (SELECT person_key FROM identity.register_profile) AS in_register
FROM identity.assigned_id a
