-- Tonight's rows of the register beside the row of last night that reads the same; and the rows of each night that nothing of the
-- other reads like. One row of: register row. From: intake.household_register, this_night.register (as it was copied).
SELECT d.row_number, r.row_key, r.person_key
FROM intake.household_register d
FULL JOIN this_night.register r ON d.content = r.content
