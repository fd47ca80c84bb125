-- The persons of this run with their stable ids. One row of: person. From: identity.assigned_id, register_profile.
SELECT
    a.person_key,
    a.person_id,
    r.row_key IS NOT NULL AS in_register
FROM identity.assigned_id a
LEFT JOIN identity.register_profile r ON a.person_key = r.row_key
