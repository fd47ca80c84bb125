-- Register rows of last night that do not stand so tonight. One row of: register row.
-- From: identity.found_line, recurring_row, kept_register (as last night left it).
SELECT r.row_key, r.number_no, r.former_number_no, r.content, r.person_key
FROM identity.kept_register r
WHERE
    r.row_key IN (SELECT row_key FROM identity.found_line WHERE row_number IS NULL)
    OR r.row_key IN (SELECT row_key FROM identity.recurring_row)
