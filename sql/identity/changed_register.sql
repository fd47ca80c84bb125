-- Register rows that may give another candidate than last night: new or changed, or of a person who has several.
-- One row of: register row. From: identity.register_profile, unchanged_person.
SELECT r.*
FROM identity.register_profile r
ANTI JOIN (SELECT person_key FROM identity.unchanged_person WHERE as_doubtful) u ON r.person_key = u.person_key
