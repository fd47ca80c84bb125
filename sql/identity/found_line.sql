-- Tonight's rows of the register beside the row of last night that reads the same; and the rows of each night that nothing of the
-- other reads like. One row of: register row. From: intake.household_register, kept_register (as last night left it).
SELECT d.row_number, r.row_key, r.person_key
FROM intake.household_register d
FULL JOIN identity.kept_register r ON d.content = r.content
