-- Names with the addresses and phones that the register says of them, each as one number (begun_profile).
-- grain: register row × contact
-- columns: contact_key, person_key
-- from: identity.register_profile
-- materialized: view
SELECT key_door AS contact_key, person_key FROM identity.register_profile WHERE key_door IS NOT NULL
UNION ALL
SELECT key_other_door, person_key FROM identity.register_profile WHERE key_other_door IS NOT NULL
UNION ALL
SELECT key_line, person_key FROM identity.register_profile WHERE key_line IS NOT NULL
