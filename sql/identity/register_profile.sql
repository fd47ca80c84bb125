-- What the register says of each of its rows, with the person it belongs to (as rebuilt_profile says it).
-- One row of: register row. From: identity.kept_register.
-- materialized: view
SELECT *
FROM identity.kept_register
