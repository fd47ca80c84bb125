-- Persons of whom the register does not say tonight what it said last night. One row of: person.
-- From: identity.changed_register, replaced_register, last_night.register.
SELECT r.person_key
FROM last_night.register r
SEMI JOIN identity.replaced_register c ON r.row_key = c.row_key
UNION
SELECT person_key FROM identity.changed_register
