-- What the register says of each of its rows, with the person it belongs to (as rebuilt_profile says it).
-- One row of: register row. From: this_night.register.
-- materialized: view
SELECT *
FROM this_night.register
