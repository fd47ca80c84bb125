-- The rows of tonight's register beside the row of last night that reads the same. One row of: register row.
-- From: intake.household_register, last_night.register.
SELECT d.row_number, r.row_key
FROM intake.household_register d
LEFT JOIN last_night.register r ON d.content = r.content
