-- Register rows of last night that do not stand so tonight. One row of: register row. From: identity.found_line, recurring_row.
SELECT row_key FROM identity.found_line WHERE row_number IS NULL
UNION ALL
SELECT row_key FROM identity.recurring_row
