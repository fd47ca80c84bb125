-- Names with the addresses and phones that the register says of them, each as one number. One row of: register row × contact.
-- From: identity.register_profile.
-- materialized: view
SELECT hash(name_key, address) AS contact_key, person_key
FROM identity.register_profile
WHERE name_key IS NOT NULL AND address IS NOT NULL
UNION ALL
SELECT hash(name_key, other_address), person_key
FROM identity.register_profile
WHERE name_key IS NOT NULL AND other_address IS NOT NULL
UNION ALL
SELECT hash(name_key, phone), person_key
FROM identity.register_profile
WHERE name_key IS NOT NULL AND phone IS NOT NULL
