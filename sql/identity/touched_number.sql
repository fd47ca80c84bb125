-- Numbers of which the register does not say tonight what it said last night. One row of: number.
-- From: identity.changed_register, replaced_register, last_night.register.
SELECT r.number_no
FROM last_night.register r
SEMI JOIN identity.replaced_register c ON r.row_key = c.row_key
WHERE r.number_no IS NOT NULL
UNION
SELECT number_no FROM identity.changed_register WHERE number_no IS NOT NULL
