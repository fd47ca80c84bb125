-- Residual rows that have to be compared tonight: all whose outcome is not last night's.
-- One row of: residual row. From: identity.residual, carried_row.
-- materialized: view
SELECT r.*
FROM identity.residual r
ANTI JOIN identity.carried_row c ON r.row_key = c.row_key
