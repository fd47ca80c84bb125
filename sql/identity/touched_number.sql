-- Numbers of which the register does not say tonight what it said last night. One row of: number.
-- From: identity.changed_register, replaced_register.
SELECT number_no FROM identity.replaced_register WHERE number_no IS NOT NULL
UNION
SELECT number_no FROM identity.changed_register WHERE number_no IS NOT NULL
