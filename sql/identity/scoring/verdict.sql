-- The best candidate of each residual row, with the probability that it is she, and the margin to the second. "Nobody
-- in the register" is one of the candidates; its prior is the share of rows about people from elsewhere. Of equals the
-- one whose register row's fingerprint is less, wherever the rows stand in their files. `total` is a decimal sum,
-- relative to the row's best candidate: one of floating numbers hangs on the order of adding.
-- grain: residual row with a candidate
-- columns: row_key, register_key, person_key, weight, margin, probability, name_level, number_level, birth_level,
--   sex_level, phone_level, address_level
-- from: identity.score
WITH weighed AS (
    SELECT
        *,
        least(weight, $weight_max) AS bits,
        max(least(weight, $weight_max)) OVER (PARTITION BY row_key) AS best
    FROM identity.score
),
placed AS (
    SELECT
        row_key, register_key, person_key, weight, nobody, bits, best,
        name_level, number_level, birth_level, sex_level, phone_level, address_level,
        row_number() OVER (PARTITION BY row_key ORDER BY weight DESC, content, register_key) AS place,
        lead(weight) OVER (PARTITION BY row_key ORDER BY weight DESC, content, register_key) AS next_weight,
        sum(CAST(power(2.0, bits - best) AS DECIMAL(38, 24))) OVER (PARTITION BY row_key) AS total
    FROM weighed
)
SELECT
    row_key,
    register_key,
    person_key,
    weight,
    weight - coalesce(next_weight, $sole_candidate_weight) AS margin,
    round(power(2.0, bits) / (CAST(total AS DOUBLE) * power(2.0, best) + nobody), 12) AS probability,
    name_level,
    number_level,
    birth_level,
    sex_level,
    phone_level,
    address_level
FROM placed
WHERE place = 1
