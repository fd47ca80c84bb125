-- Candidates as numbers, for learning weights: the code of each field's level, and what an agreement can weigh at most.
-- `strange`: nobody here bears the row's own valid number; `stranger_odds`: how many times likelier than at large the
-- row's context makes it that she is nobody here.
-- grain: residual row × register row (× companion household)
-- columns: row_key, number, name, birth_date, sex, phone, address, relation, standing_weight, stranger_odds, strange,
--   name_bound, phone_bound, address_bound
-- from: identity.comparison, identity.context_weight, identity.place, identity.standing, identity.weight
-- materialized: view
SELECT
    c.row_key,
    wn.code AS number,
    wm.code AS name,
    wb.code AS birth_date,
    ws.code AS sex,
    wp.code AS phone,
    wa.code AS address,
    wr.code AS relation,
    coalesce(wc.weight, 0.0)
    + CASE
        WHEN greatest(wp.weight, wa.weight, wr.weight) > 0
            THEN greatest(coalesce(wl.weight, 0.0) - greatest(wp.weight, wa.weight, wr.weight), 0.0)
        ELSE coalesce(wl.weight, 0.0)
    END AS standing_weight,
    power(2.0, coalesce(wx.weight, 0.0)) AS stranger_odds,
    n.is_strange AS strange,
    coalesce(c.name_bound, $no_bound) AS name_bound,
    coalesce(c.phone_bound, $no_bound) AS phone_bound,
    coalesce(c.address_bound, $no_bound) AS address_bound
FROM identity.comparison c
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
