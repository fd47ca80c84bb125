-- The match weight of each candidate: log2 of a Bayes factor, with the prior; the best register row a person. Of equals
-- the row whose fingerprint (`content`) is less, so that nothing hangs on where rows stand in their files. An equal
-- name, phone or address weighs no more than its rarity here allows (`*_bound`). `nobody`: odds, before the evidence,
-- that the row is about nobody here: most rows whose own valid number nobody here bears are, few of the others, more of
-- them on some rolls than on others. `place_weight`: what the rows beside tell; it counts only beyond what phone,
-- address or household tell of the place.
-- grain: residual row × person
-- columns: row_key, register_key, person_key, content, weight, number_level, name_level, birth_level, sex_level,
--   phone_level, address_level, relation_level, number_weight, name_weight, birth_weight, sex_weight, phone_weight,
--   address_weight, relation_weight, standing_weight, place_level, place_weight, prior_weight, nobody
-- from: identity.comparison, identity.context_weight, identity.no_match_odds, identity.place, identity.register_size,
--   identity.standing, identity.weight
WITH population AS (
    SELECT log2(people) AS size FROM identity.register_size
),
-- few patterns of levels, and few places on rolls, are many pairs': each is weighed once
pattern AS (
    SELECT DISTINCT
        c.number_level, c.name_level, c.birth_level, c.sex_level, c.phone_level, c.address_level, c.relation_level,
        wn.weight AS number_weight,
        wm.weight AS name_weight,
        wb.weight AS birth_weight,
        ws.weight AS sex_weight,
        wp.weight AS phone_weight,
        wa.weight AS address_weight,
        wr.weight AS relation_weight
    FROM (
        SELECT DISTINCT number_level, name_level, birth_level, sex_level, phone_level, address_level, relation_level
        FROM identity.comparison
    ) c
    JOIN identity.weight wn ON wn.field = 'number' AND wn.level = c.number_level
    JOIN identity.weight wm ON wm.field = 'name' AND wm.level = c.name_level
    JOIN identity.weight wb ON wb.field = 'birth_date' AND wb.level = c.birth_level
    JOIN identity.weight ws ON ws.field = 'sex' AND ws.level = c.sex_level
    JOIN identity.weight wp ON wp.field = 'phone' AND wp.level = c.phone_level
    JOIN identity.weight wa ON wa.field = 'address' AND wa.level = c.address_level
    JOIN identity.weight wr ON wr.field = 'relation' AND wr.level = c.relation_level
),
pair AS (
    SELECT
        n.row_key,
        n.register_key,
        n.content,
        n.is_strange,
        n.context,
        n.standing,
        coalesce(l.place, 'missing') AS place_level
    FROM identity.standing n
    LEFT JOIN identity.place l ON n.row_key = l.row_key AND n.register_key = l.register_key
),
stand AS (
    SELECT DISTINCT
        p.context,
        p.standing,
        p.place_level,
        coalesce(wc.weight, 0.0) AS standing_weight,
        coalesce(wl.weight, 0.0) AS place_weight,
        power(2.0, coalesce(wx.weight, 0.0)) AS stranger
    FROM (SELECT DISTINCT context, standing, place_level FROM pair) p
    LEFT JOIN identity.context_weight wc ON p.context = wc.context AND p.standing = wc.standing
    LEFT JOIN identity.context_weight wl ON p.context = wl.context AND p.place_level = wl.standing
    LEFT JOIN identity.context_weight wx ON p.context = wx.context AND wx.standing = 'stranger'
),
weighed AS (
    SELECT
        c.row_key, c.register_key, c.person_key, p.content,
        c.number_level, c.name_level, c.birth_level, c.sex_level, c.phone_level, c.address_level, c.relation_level,
        w.number_weight,
        least(w.name_weight, coalesce(c.name_bound, w.name_weight)) AS name_weight,
        w.birth_weight,
        w.sex_weight,
        least(w.phone_weight, coalesce(c.phone_bound, w.phone_weight)) AS phone_weight,
        least(w.address_weight, coalesce(c.address_bound, w.address_weight)) AS address_weight,
        w.relation_weight,
        d.standing_weight,
        CASE
            WHEN greatest(w.phone_weight, w.address_weight, w.relation_weight) > 0
                THEN greatest(d.place_weight - greatest(w.phone_weight, w.address_weight, w.relation_weight), 0.0)
            ELSE d.place_weight
        END AS place_weight,
        p.place_level,
        -z.size AS prior_weight,
        CASE WHEN p.is_strange THEN t.nobody_strange ELSE t.nobody END * d.stranger AS nobody
    FROM identity.comparison c
    CROSS JOIN population z
    CROSS JOIN identity.no_match_odds t
    JOIN pattern w
        ON c.number_level = w.number_level
        AND c.name_level = w.name_level
        AND c.birth_level = w.birth_level
        AND c.sex_level = w.sex_level
        AND c.phone_level = w.phone_level
        AND c.address_level = w.address_level
        AND c.relation_level = w.relation_level
    JOIN pair p ON c.row_key = p.row_key AND c.register_key = p.register_key
    JOIN stand d ON p.context = d.context AND p.standing = d.standing AND p.place_level = d.place_level
),
summed AS (
    SELECT
        *,
        prior_weight + number_weight + name_weight + birth_weight + sex_weight + phone_weight + address_weight
        + relation_weight + standing_weight + place_weight AS weight
    FROM weighed
),
placed AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY row_key, person_key ORDER BY weight DESC, content, register_key, relation_level) AS place
    FROM summed
)
SELECT
    row_key, register_key, person_key, content, weight,
    number_level, name_level, birth_level, sex_level, phone_level, address_level, relation_level,
    number_weight, name_weight, birth_weight, sex_weight, phone_weight, address_weight, relation_weight,
    standing_weight, place_level, place_weight, prior_weight, nobody
FROM placed
WHERE place = 1
