-- The best candidate of each residual row, with the probability that it is she, and the margin to the second.
-- One row of: residual row with a candidate. From: identity.score.
-- "Nobody in the register" is one of the candidates; its prior is the share of rows about people from elsewhere.
-- Of equals the one whose register row's fingerprint is less, wherever the rows stand in their files.
-- Rounded, because a sum's last digits hang on the order in which the engine adds.
WITH placed AS (
    SELECT
        row_key, register_key, person_key, weight, nobody,
        name_level, number_level, birth_level, sex_level, phone_level, address_level,
        row_number() OVER (PARTITION BY row_key ORDER BY weight DESC, content, register_key) AS place,
        lead(weight) OVER (PARTITION BY row_key ORDER BY weight DESC, content, register_key) AS next_weight,
        sum(power(2.0, least(weight, 200.0))) OVER (PARTITION BY row_key) AS total
    FROM identity.score
)
SELECT
    row_key,
    register_key,
    person_key,
    weight,
    weight - coalesce(next_weight, -50.0) AS margin,
    round(power(2.0, least(weight, 200.0)) / (total + nobody), 12) AS probability,
    name_level,
    number_level,
    birth_level,
    sex_level,
    phone_level,
    address_level
FROM placed
WHERE place = 1
