-- Persons of whom the register does not say tonight what it said last night. One row of: person.
-- From: identity.changed_register, replaced_register.
SELECT person_key FROM identity.replaced_register
UNION
SELECT person_key FROM identity.changed_register
