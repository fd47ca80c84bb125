-- The match weight of each candidate: log2 of a Bayes factor, with the prior; the best register row a person.
-- One row of: residual row × person. From: identity.comparison, weight, register_profile.
-- What is rare here proves more: the weight of an equal name, phone or address is bounded by how many others share
-- it, and by how rare it can be at all (the small constants: a name that one person here bears is not unheard of).
-- To bear the number of one among N, or live in one among N households, proves as much as the prior of N takes away.
-- An agreement on a birth date that the near-miss number already holds counts once.
WITH population AS (
    SELECT count(*) AS people, log2(count(*)) AS size FROM identity.register_profile
),
bearers AS (
    SELECT name_key, count(*) AS holders
    FROM identity.register_profile
    WHERE name_key IN (SELECT name_key FROM identity.residual)
    GROUP BY name_key
),
weighed AS (
    SELECT
        c.row_key,
        c.register_key,
        c.person_key,
        c.number_level,
        c.name_level,
        c.birth_level,
        c.sex_level,
        c.phone_level,
        c.address_level,
        c.relation_level,
        CASE
            WHEN c.number_level IN ('equal', 'former') THEN p.size + wn.weight
            ELSE wn.weight
        END AS number_weight,
        CASE
            WHEN c.name_level IN ('equal', 'former')
                THEN least(wm.weight, -log2((coalesce(b.holders, 1) - 1) / p.people + 0.00003))
            ELSE wm.weight
        END AS name_weight,
        CASE
            WHEN
                c.birth_level = 'equal'
                AND c.number_level IN ('letters for digits', 'one slip', 'first 15', 'two slips', 'equal', 'former', 'near, both valid')
                THEN 1.0
            ELSE wb.weight
        END AS birth_weight,
        ws.weight AS sex_weight,
        CASE
            WHEN c.phone_level = 'equal' THEN least(wp.weight, -log2((c.phone_sharers - 1) / p.people + 0.00006))
            ELSE wp.weight
        END AS phone_weight,
        CASE
            WHEN c.address_level = 'equal' THEN least(wa.weight, -log2((c.address_sharers - 1) / p.people + 0.001))
            ELSE wa.weight
        END AS address_weight,
        CASE
            WHEN c.relation_level IN ('spouse on the row', 'family on the roll', 'holder of the number')
                THEN p.size + wr.weight
            ELSE wr.weight
        END AS relation_weight,
        p.size
    FROM identity.comparison c
    CROSS JOIN population p
    JOIN identity.weight wn ON wn.field = 'number' AND wn.level = c.number_level
    JOIN identity.weight wm ON wm.field = 'name' AND wm.level = c.name_level
    JOIN identity.weight wb ON wb.field = 'birth' AND wb.level = c.birth_level
    JOIN identity.weight ws ON ws.field = 'sex' AND ws.level = c.sex_level
    JOIN identity.weight wp ON wp.field = 'phone' AND wp.level = c.phone_level
    JOIN identity.weight wa ON wa.field = 'address' AND wa.level = c.address_level
    JOIN identity.weight wr ON wr.field = 'relation' AND wr.level = c.relation_level
    LEFT JOIN bearers b ON c.name_key = b.name_key
),
summed AS (
    SELECT
        *,
        number_weight + name_weight + birth_weight + sex_weight + phone_weight + address_weight + relation_weight
        - size AS weight
    FROM weighed
),
placed AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY row_key, person_key ORDER BY weight DESC, register_key) AS place
    FROM summed
)
SELECT
    row_key, register_key, person_key, weight,
    number_level, name_level, birth_level, sex_level, phone_level, address_level, relation_level,
    number_weight, name_weight, birth_weight, sex_weight, phone_weight, address_weight, relation_weight,
    -size AS prior_weight
FROM placed
WHERE place = 1
