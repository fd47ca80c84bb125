-- Rows of other extracts that are, by number and name, a registered person's: the bulk of all links.
-- grain: source row
-- columns: row_key, person_key, number_no, birth_agrees, sex_agrees, door_key, line_key
-- from: identity.doubtful_tie, identity.tied
-- materialized: view
SELECT t.row_key, t.person_key, t.number_no, t.birth_agrees, t.sex_agrees, t.door_key, t.line_key
FROM identity.tied t
ANTI JOIN identity.doubtful_tie d ON t.row_key = d.row_key
