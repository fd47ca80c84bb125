-- Register rows of last night that do not stand so tonight. One row of: register row. From: last_night.register, register_line.
SELECT r.row_key
FROM last_night.register r
ANTI JOIN identity.register_line l ON r.row_key = l.row_key
