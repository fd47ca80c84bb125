-- Rows of other extracts that number and name alone do not tie to one registered person.
-- One row of: source row. From: identity.unmatched, number_link, number_match.
-- `taken`: its valid number is known to the register, but under a name that does not fit.
SELECT s.*, n.row_key IS NOT NULL AS taken
FROM identity.unmatched s
LEFT JOIN identity.number_link l ON s.row_key = l.row_key
LEFT JOIN (SELECT DISTINCT row_key FROM identity.number_match) n ON s.row_key = n.row_key
WHERE l.row_key IS NULL
