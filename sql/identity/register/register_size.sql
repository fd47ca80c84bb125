-- How many rows the register has, in steps of a quarter of an octave: weights move only when it has grown by a fifth.
-- grain: one row in all
-- columns: people
-- from: identity.register_row
SELECT power(2.0, round($size_steps * log2(greatest(count(*), 1))) / $size_steps) AS people
FROM identity.register_row
