-- Candidates as numbers, for learning weights: the code of each field's level, and what an agreement can weigh at most.
-- One row of: residual row × register row (× companion household). From: identity.comparison, weight (codes of levels),
-- standing, context_weight, residual. `strange`: nobody here bears the row's own valid number.
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
    coalesce(wc.weight, 0.0) AS standing_weight,
    r.number_no IS NOT NULL AND NOT r.taken AS strange,
    coalesce(c.name_bound, 1e9) AS name_bound,
    coalesce(c.phone_bound, 1e9) AS phone_bound,
    coalesce(c.address_bound, 1e9) AS address_bound
FROM identity.comparison c
JOIN identity.weight wn ON wn.field = 'number' AND wn.level = c.number_level
JOIN identity.weight wm ON wm.field = 'name' AND wm.level = c.name_level
JOIN identity.weight wb ON wb.field = 'birth_date' AND wb.level = c.birth_level
JOIN identity.weight ws ON ws.field = 'sex' AND ws.level = c.sex_level
JOIN identity.weight wp ON wp.field = 'phone' AND wp.level = c.phone_level
JOIN identity.weight wa ON wa.field = 'address' AND wa.level = c.address_level
JOIN identity.weight wr ON wr.field = 'relation' AND wr.level = c.relation_level
JOIN identity.standing n ON c.row_key = n.row_key AND c.register_key = n.register_key
JOIN identity.residual r ON c.row_key = r.row_key
LEFT JOIN identity.context_weight wc ON n.context = wc.context AND n.standing = wc.standing
