-- The register rows of tonight by the keys that their row numbers give, with their persons.
-- One row of: register row. From: identity.found_line, register_line, changed_register, replaced_register. What is kept of them when the
-- night is over.
WITH standing AS (
    SELECT f.row_number, f.person_key
    FROM identity.found_line f
    ANTI JOIN identity.replaced_register c ON f.row_key = c.row_key
    WHERE f.row_number IS NOT NULL AND f.row_key IS NOT NULL
),
changed AS (
    SELECT n.row_number, r.person_key
    FROM identity.changed_register r
    JOIN identity.register_line n ON r.row_key = n.row_key
)
SELECT CAST(1 AS BIGINT) * 10000000000 + row_number * 10 AS row_key, person_key FROM standing
UNION ALL
SELECT CAST(1 AS BIGINT) * 10000000000 + row_number * 10, person_key FROM changed
