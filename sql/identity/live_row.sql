-- Rows of other extracts than the register that have to be looked at tonight: all whose link is not last night's.
-- One row of: source row. From: identity.source_row, row_content, carried_link.
SELECT s.*
FROM identity.source_row s
SEMI JOIN (
    SELECT c.row_key FROM identity.row_content c ANTI JOIN identity.carried_link k ON c.row_key = k.row_key
) n ON s.row_key = n.row_key
WHERE s.extract <> 'household_register'
