-- Register rows that did not stand so last night. One row of: register row. From: identity.delivered_register, new_line.
SELECT l.row_key, d.* EXCLUDE (row_key, row_number)
FROM identity.delivered_register d
JOIN identity.new_line l ON d.row_number = l.row_number
