-- Candidate pairs as numbers, for learning weights: the code of each field's level, and the most that an agreement can
-- weigh. `unregistered_odds`: how many times likelier than at large the row's context makes it that its person is not
-- in the register.
-- grain: a candidate pair (× related household)
-- columns: row_key, number, name, birth_date, sex, phone, address, relation, roll_weight, unregistered_odds,
--   number_unregistered, name_bound, phone_bound, address_bound
-- from: identity.adjacency, identity.comparison, identity.context_weight, identity.level_pattern, identity.roll_profile
-- materialized: view
SELECT
    compared.row_key,
    pattern.number_code AS number,
    pattern.name_code AS name,
    pattern.birth_code AS birth_date,
    pattern.sex_code AS sex,
    pattern.phone_code AS phone,
    pattern.address_code AS address,
    pattern.relation_code AS relation,
    coalesce(of_roll.weight, 0.0)
    + CASE
        WHEN greatest(pattern.phone_weight, pattern.address_weight, pattern.relation_weight) > 0
            THEN greatest(
                coalesce(of_adjacency.weight, 0.0)
                - greatest(pattern.phone_weight, pattern.address_weight, pattern.relation_weight),
                0.0
            )
        ELSE coalesce(of_adjacency.weight, 0.0)
    END AS roll_weight,
    power(2.0, coalesce(of_unregistered.weight, 0.0)) AS unregistered_odds,
    profile.number_unregistered AS number_unregistered,
    coalesce(compared.name_bound, $no_bound) AS name_bound,
    coalesce(compared.phone_bound, $no_bound) AS phone_bound,
    coalesce(compared.address_bound, $no_bound) AS address_bound
FROM identity.comparison AS compared
JOIN identity.level_pattern AS pattern
    ON compared.number_level = pattern.number_level
    AND compared.name_level = pattern.name_level
    AND compared.birth_level = pattern.birth_level
    AND compared.sex_level = pattern.sex_level
    AND compared.phone_level = pattern.phone_level
    AND compared.address_level = pattern.address_level
    AND compared.relation_level = pattern.relation_level
JOIN identity.roll_profile AS profile
    ON compared.row_key = profile.row_key AND compared.register_key = profile.register_key
LEFT JOIN identity.context_weight AS of_roll
    ON profile.context = of_roll.context AND profile.roll_profile = of_roll.roll_profile
LEFT JOIN identity.adjacency ON compared.row_key = adjacency.row_key AND compared.register_key = adjacency.register_key
LEFT JOIN identity.context_weight AS of_adjacency
    ON profile.context = of_adjacency.context AND adjacency.adjacency = of_adjacency.roll_profile
LEFT JOIN identity.context_weight AS of_unregistered
    ON profile.context = of_unregistered.context AND of_unregistered.roll_profile = 'stranger'
