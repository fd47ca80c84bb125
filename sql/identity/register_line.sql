-- The rows of tonight's register by keys that last: a row that reads as it did last night keeps its key, wherever it stands now.
-- One row of: register row. From: identity.found_line, new_line.
-- materialized: view
SELECT f.row_number, f.row_key
FROM identity.found_line f
ANTI JOIN identity.new_line n ON f.row_number = n.row_number
WHERE f.row_number IS NOT NULL
UNION ALL
SELECT row_number, row_key FROM identity.new_line
