-- Names with the addresses and phones that the register gives them, each as one number (`register_profile`).
-- grain: a register row × contact
-- columns: contact_key, person_key
-- from: identity.register_profile
-- materialized: view
SELECT key_name_address AS contact_key, person_key FROM identity.register_profile WHERE key_name_address IS NOT NULL
UNION ALL
SELECT key_name_other_address, person_key FROM identity.register_profile WHERE key_name_other_address IS NOT NULL
UNION ALL
SELECT key_name_phone, person_key FROM identity.register_profile WHERE key_name_phone IS NOT NULL
