-- Rows of other extracts that number and name alone do not tie to one registered person.
-- One row of: source row. From: identity.unmatched, number_link, known_number.
-- `taken`: its valid number is known to the register, but under a name that does not fit.
SELECT s.*, n.number_no IS NOT NULL AS taken
FROM identity.unmatched s
LEFT JOIN identity.number_link l ON s.row_key = l.row_key
LEFT JOIN (SELECT DISTINCT number_no FROM identity.known_number) n ON s.number_no = n.number_no
WHERE l.row_key IS NULL
