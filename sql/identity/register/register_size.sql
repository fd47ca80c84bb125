-- How many rows the register has, in steps of a quarter of an octave: weights move only when it has grown by a fifth.
-- One row. From: identity.register_row.
SELECT power(2.0, round(4 * log2(greatest(count(*), 1))) / 4) AS people
FROM identity.register_row
