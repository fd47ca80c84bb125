-- The register as tonight has it, by keys that last. One row of: register row. From: identity.kept_register.
-- materialized: view
SELECT * EXCLUDE (person_key, leads, alone, doubtful)
FROM identity.kept_register
