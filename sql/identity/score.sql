-- The match weight of each candidate (log2 of a Bayes factor, with the prior), best register row a person.
-- One row of: residual row × person. From: identity.comparison, weight, register_profile, residual.
-- An agreement on a birth date that the near-miss number already holds counts once.
WITH population AS (
    SELECT log2(count(*)) AS size FROM identity.register_profile
),
name_share AS (
    SELECT name_key, log2(count(*)) AS bearers
    FROM identity.register_profile
    GROUP BY name_key
),
phone_share AS (
    SELECT phone, log2(count(*)) AS bearers
    FROM identity.register_profile
    WHERE phone IS NOT NULL
    GROUP BY phone
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
        wn.weight AS number_weight,
        CASE
            WHEN c.name_level IN ('equal', 'former')
                THEN least(wm.weight, p.size - coalesce(ns.bearers, 0) - 0.5)
            WHEN c.name_level IN ('reading', 'look-alike', 'gap')
                THEN wm.weight
            ELSE wm.weight
        END AS name_weight,
        CASE
            WHEN
                c.birth_level = 'equal'
                AND c.number_level IN ('one slip', 'first 15', 'two slips', 'equal', 'former', 'near, both valid')
                THEN 1.0
            ELSE wb.weight
        END AS birth_weight,
        ws.weight AS sex_weight,
        CASE
            WHEN c.phone_level = 'equal' THEN least(wp.weight, p.size - coalesce(ps.bearers, 0) - 3.0)
            ELSE wp.weight
        END AS phone_weight,
        wa.weight AS address_weight,
        wr.weight AS relation_weight,
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
    LEFT JOIN name_share ns ON c.name_key = ns.name_key
    LEFT JOIN phone_share ps ON c.phone = ps.phone
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
    number_weight, name_weight, birth_weight, sex_weight, phone_weight, address_weight, relation_weight
FROM placed
WHERE place = 1
