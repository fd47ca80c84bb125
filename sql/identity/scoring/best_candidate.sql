-- The best candidate of each unlinked record, with its probability and the margin to the second. "Nobody in the
-- register" is one of the candidates; its prior is the share of rows about people from elsewhere. Of equals the one
-- whose register row has the smaller fingerprint, wherever the rows are in their files. `total` is a decimal sum,
-- relative to the row's best candidate: one of floating numbers depends on the order of adding.
-- grain: an unlinked record with a candidate
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
        row_key, register_key, person_key, weight, no_match_odds, bits, best,
        name_level, number_level, birth_level, sex_level, phone_level, address_level,
        row_number() OVER (PARTITION BY row_key ORDER BY weight DESC, content, register_key) AS nth,
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
    round(power(2.0, bits) / (CAST(total AS DOUBLE) * power(2.0, best) + no_match_odds), 12) AS probability,
    name_level,
    number_level,
    birth_level,
    sex_level,
    phone_level,
    address_level
FROM placed
WHERE nth = 1
