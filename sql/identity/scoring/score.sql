-- The match weight of each candidate: log2 of a Bayes factor, with the prior; of several register rows of a person the
-- best. Of equals the row with the smaller fingerprint (`content`), so that nothing depends on where rows are in their
-- files. An equal name, phone or address weighs no more than its rarity here allows (`*_bound`). `no_match_odds`: odds,
-- before the evidence, that the row is about nobody in the register: high for a valid number that nobody here has, low
-- for others, and higher on some rolls than on others. `adjacency_weight`: what the adjacent rows prove; it counts only
-- beyond what phone, address or household prove of where the person lives.
-- grain: an unlinked record × person
-- columns: row_key, register_key, person_key, content, weight, number_level, name_level, birth_level, sex_level,
--   phone_level, address_level, relation_level, number_weight, name_weight, birth_weight, sex_weight, phone_weight,
--   address_weight, relation_weight, roll_weight, adjacency_level, adjacency_weight, prior_weight, no_match_odds
-- from: identity.adjacency, identity.comparison, identity.context_weight, identity.level_pattern,
--   identity.no_match_odds, identity.register_size, identity.roll_profile
WITH population AS (
    SELECT log2(people) AS size FROM identity.register_size
),
pair AS (
    SELECT
        profile.row_key,
        profile.register_key,
        profile.content,
        profile.number_unregistered,
        profile.context,
        profile.roll_profile,
        coalesce(adjacency.adjacency, 'missing') AS adjacency_level
    FROM identity.roll_profile AS profile
    LEFT JOIN identity.adjacency
        ON profile.row_key = adjacency.row_key AND profile.register_key = adjacency.register_key
),
-- few places on rolls are many pairs': each is weighed once
roll_stand AS (
    SELECT DISTINCT
        pair.context,
        pair.roll_profile,
        pair.adjacency_level,
        coalesce(of_roll.weight, 0.0) AS roll_weight,
        coalesce(of_adjacency.weight, 0.0) AS adjacency_weight,
        power(2.0, coalesce(of_unregistered.weight, 0.0)) AS unregistered_odds
    FROM (SELECT DISTINCT context, roll_profile, adjacency_level FROM pair) AS pair
    LEFT JOIN identity.context_weight AS of_roll
        ON pair.context = of_roll.context AND pair.roll_profile = of_roll.roll_profile
    LEFT JOIN identity.context_weight AS of_adjacency
        ON pair.context = of_adjacency.context AND pair.adjacency_level = of_adjacency.roll_profile
    LEFT JOIN identity.context_weight AS of_unregistered
        ON pair.context = of_unregistered.context AND of_unregistered.roll_profile = 'stranger'
),
weighed AS (
    SELECT
        compared.row_key, compared.register_key, compared.person_key, pair.content,
        compared.number_level, compared.name_level, compared.birth_level, compared.sex_level, compared.phone_level,
        compared.address_level, compared.relation_level,
        pattern.number_weight,
        least(pattern.name_weight, coalesce(compared.name_bound, pattern.name_weight)) AS name_weight,
        pattern.birth_weight,
        pattern.sex_weight,
        least(pattern.phone_weight, coalesce(compared.phone_bound, pattern.phone_weight)) AS phone_weight,
        least(pattern.address_weight, coalesce(compared.address_bound, pattern.address_weight)) AS address_weight,
        pattern.relation_weight,
        roll_stand.roll_weight,
        CASE
            WHEN greatest(pattern.phone_weight, pattern.address_weight, pattern.relation_weight) > 0
                THEN greatest(
                    roll_stand.adjacency_weight
                    - greatest(pattern.phone_weight, pattern.address_weight, pattern.relation_weight),
                    0.0
                )
            ELSE roll_stand.adjacency_weight
        END AS adjacency_weight,
        pair.adjacency_level,
        -population.size AS prior_weight,
        CASE
            WHEN pair.number_unregistered THEN odds.number_unregistered
            ELSE odds.usual
        END * roll_stand.unregistered_odds AS no_match_odds
    FROM identity.comparison AS compared
    CROSS JOIN population
    CROSS JOIN identity.no_match_odds AS odds
    JOIN identity.level_pattern AS pattern
        ON compared.number_level = pattern.number_level
        AND compared.name_level = pattern.name_level
        AND compared.birth_level = pattern.birth_level
        AND compared.sex_level = pattern.sex_level
        AND compared.phone_level = pattern.phone_level
        AND compared.address_level = pattern.address_level
        AND compared.relation_level = pattern.relation_level
    JOIN pair ON compared.row_key = pair.row_key AND compared.register_key = pair.register_key
    JOIN roll_stand
        ON pair.context = roll_stand.context
        AND pair.roll_profile = roll_stand.roll_profile
        AND pair.adjacency_level = roll_stand.adjacency_level
),
summed AS (
    SELECT
        *,
        prior_weight + number_weight + name_weight + birth_weight + sex_weight + phone_weight + address_weight
        + relation_weight + roll_weight + adjacency_weight AS weight
    FROM weighed
),
placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY row_key, person_key ORDER BY weight DESC, content, register_key, relation_level
        ) AS nth
    FROM summed
)
SELECT
    row_key, register_key, person_key, content, weight,
    number_level, name_level, birth_level, sex_level, phone_level, address_level, relation_level,
    number_weight, name_weight, birth_weight, sex_weight, phone_weight, address_weight, relation_weight,
    roll_weight, adjacency_level, adjacency_weight, prior_weight, no_match_odds
FROM placed
WHERE nth = 1
