-- The register rows of tonight by the keys that their row numbers give, with their persons.
-- One row of: register row. From: identity.register_line, register_profile. What is kept of them when the night is over.
SELECT
    CAST(1 AS BIGINT) * 10000000000 + n.row_number * 10 AS row_key,
    r.person_key
FROM identity.register_line n
JOIN identity.register_profile r ON n.row_key = r.row_key
