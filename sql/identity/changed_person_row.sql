-- Register rows that a residual row may be compared with otherwise than last night: changed ones, and those of renamed persons.
-- One row of: register row. From: identity.changed_register, renamed_person, register_profile.
SELECT * FROM identity.changed_register
UNION ALL
SELECT r.*
FROM identity.register_profile r
SEMI JOIN identity.renamed_person n ON r.person_key = n.person_key
ANTI JOIN identity.changed_register c ON r.row_key = c.row_key
