-- The register as tonight has it, by keys that last. One row of: register row. From: this_night.register.
-- materialized: view
SELECT * EXCLUDE (person_key, leads, alone, doubtful)
FROM this_night.register
