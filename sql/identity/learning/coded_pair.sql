-- Candidate pairs as numbers, for learning weights: the code of each field's level, and the most that an agreement can
-- weigh. `unregistered_odds`: how many times likelier than at large the row's context makes it that its person is not
-- in the register.
-- grain: a candidate pair (× related household)
-- columns: row_key, number, name, birth_date, sex, phone, address, relation, roll_weight, unregistered_odds,
--   number_unregistered, name_bound, phone_bound, address_bound
-- from: identity.adjacency, identity.comparison, identity.context_weight, identity.roll_profile, identity.weight
-- materialized: view
SELECT
    compared.row_key,
    of_number.code AS number,
    of_name.code AS name,
    of_birth.code AS birth_date,
    of_sex.code AS sex,
    of_phone.code AS phone,
    of_address.code AS address,
    of_relation.code AS relation,
    coalesce(of_roll.weight, 0.0)
    + CASE
        WHEN greatest(of_phone.weight, of_address.weight, of_relation.weight) > 0
            THEN greatest(
                coalesce(of_adjacency.weight, 0.0) - greatest(of_phone.weight, of_address.weight, of_relation.weight),
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
JOIN identity.weight AS of_number ON of_number.field = 'number' AND of_number.level = compared.number_level
JOIN identity.weight AS of_name ON of_name.field = 'name' AND of_name.level = compared.name_level
JOIN identity.weight AS of_birth ON of_birth.field = 'birth_date' AND of_birth.level = compared.birth_level
JOIN identity.weight AS of_sex ON of_sex.field = 'sex' AND of_sex.level = compared.sex_level
JOIN identity.weight AS of_phone ON of_phone.field = 'phone' AND of_phone.level = compared.phone_level
JOIN identity.weight AS of_address ON of_address.field = 'address' AND of_address.level = compared.address_level
JOIN identity.weight AS of_relation ON of_relation.field = 'relation' AND of_relation.level = compared.relation_level
JOIN identity.roll_profile AS profile
    ON compared.row_key = profile.row_key AND compared.register_key = profile.register_key
LEFT JOIN identity.context_weight AS of_roll
    ON profile.context = of_roll.context AND profile.roll_profile = of_roll.roll_profile
LEFT JOIN identity.adjacency ON compared.row_key = adjacency.row_key AND compared.register_key = adjacency.register_key
LEFT JOIN identity.context_weight AS of_adjacency
    ON profile.context = of_adjacency.context AND adjacency.adjacency = of_adjacency.roll_profile
LEFT JOIN identity.context_weight AS of_unregistered
    ON profile.context = of_unregistered.context AND of_unregistered.roll_profile = 'stranger'
