-- Rows of other extracts than the register. One row of: source row. From: identity.source_row.
-- materialized: view
SELECT *
FROM identity.source_row
WHERE extract <> 'household_register'
