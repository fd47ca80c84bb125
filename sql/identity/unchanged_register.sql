-- Register rows that are the same candidates as last night. One row of: register row.
-- From: identity.register_profile, unchanged_person.
SELECT r.row_key, r.person_key, r.content
FROM identity.register_profile r
JOIN identity.unchanged_person u ON r.person_key = u.person_key
WHERE u.as_doubtful
