-- The match weight of each candidate: log2 of a Bayes factor, with the prior; the best register row a person.
-- One row of: residual row × person. From: identity.comparison, weight, standing, place, context_weight, residual,
-- threshold, register_size, register_profile.
-- Of equals the row whose fingerprint (`content`) is less, so that nothing hangs on where rows stand in their files.
-- An equal name, phone or address weighs no more than its rarity here allows (`*_bound`).
-- `nobody`: odds, before the evidence, that the row is about nobody here: most rows whose own valid number nobody
-- here bears are, few of the others, more of them on some rolls than on others.
-- `place_weight`: what the rows beside tell; it counts only beyond what phone, address or household tell of the place.
WITH population AS (
    SELECT log2(people) AS size FROM identity.register_size
),
weighed AS (
    SELECT
        c.row_key, c.register_key, c.person_key, f.content,
        c.number_level, c.name_level, c.birth_level, c.sex_level, c.phone_level, c.address_level, c.relation_level,
        wn.weight AS number_weight,
        least(wm.weight, coalesce(c.name_bound, wm.weight)) AS name_weight,
        wb.weight AS birth_weight,
        ws.weight AS sex_weight,
        least(wp.weight, coalesce(c.phone_bound, wp.weight)) AS phone_weight,
        least(wa.weight, coalesce(c.address_bound, wa.weight)) AS address_weight,
        wr.weight AS relation_weight,
        coalesce(wc.weight, 0.0) AS standing_weight,
        CASE
            WHEN greatest(wp.weight, wa.weight, wr.weight) > 0
                THEN greatest(coalesce(wl.weight, 0.0) - greatest(wp.weight, wa.weight, wr.weight), 0.0)
            ELSE coalesce(wl.weight, 0.0)
        END AS place_weight,
        coalesce(l.place, 'missing') AS place_level,
        -p.size AS prior_weight,
        CASE WHEN r.number_no IS NOT NULL AND NOT r.taken THEN t.nobody_strange ELSE t.nobody END
        * power(2.0, coalesce(wx.weight, 0.0)) AS nobody
    FROM identity.comparison c
    CROSS JOIN population p
    CROSS JOIN identity.threshold t
    JOIN identity.residual r ON c.row_key = r.row_key
    JOIN identity.register_profile f ON c.register_key = f.row_key
    JOIN identity.weight wn ON wn.field = 'number' AND wn.level = c.number_level
    JOIN identity.weight wm ON wm.field = 'name' AND wm.level = c.name_level
    JOIN identity.weight wb ON wb.field = 'birth_date' AND wb.level = c.birth_level
    JOIN identity.weight ws ON ws.field = 'sex' AND ws.level = c.sex_level
    JOIN identity.weight wp ON wp.field = 'phone' AND wp.level = c.phone_level
    JOIN identity.weight wa ON wa.field = 'address' AND wa.level = c.address_level
    JOIN identity.weight wr ON wr.field = 'relation' AND wr.level = c.relation_level
    JOIN identity.standing n ON c.row_key = n.row_key AND c.register_key = n.register_key
    LEFT JOIN identity.context_weight wc ON n.context = wc.context AND n.standing = wc.standing
    LEFT JOIN identity.place l ON c.row_key = l.row_key AND c.register_key = l.register_key
    LEFT JOIN identity.context_weight wl ON n.context = wl.context AND l.place = wl.standing
    LEFT JOIN identity.context_weight wx ON n.context = wx.context AND wx.standing = 'stranger'
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
