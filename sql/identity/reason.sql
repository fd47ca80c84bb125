-- Why a row is linked, or proposed, by all evidence: the fields with their levels and weights, in words.
-- One row of: residual row × person. From: identity.score, outcome, weight (its labels).
SELECT
    s.row_key,
    s.person_key,
    concat_ws(
        '，',
        CASE WHEN s.number_level <> 'missing' THEN '号码' || wn.label || printf('%+.1f', s.number_weight) END,
        CASE WHEN s.name_level <> 'missing' THEN '姓名' || wm.label || printf('%+.1f', s.name_weight) END,
        CASE WHEN s.birth_level <> 'missing' THEN '出生日期' || wb.label || printf('%+.1f', s.birth_weight) END,
        CASE WHEN s.sex_level <> 'missing' THEN '性别' || ws.label || printf('%+.1f', s.sex_weight) END,
        CASE WHEN s.phone_level <> 'missing' THEN '电话' || wp.label || printf('%+.1f', s.phone_weight) END,
        CASE WHEN s.address_level <> 'missing' THEN '住址' || wa.label || printf('%+.1f', s.address_weight) END,
        CASE WHEN s.relation_level <> 'none' THEN wr.label || printf('%+.1f', s.relation_weight) END
    )
    || printf('；先验%+.1f，合计%+.1f', s.prior_weight, s.weight) AS words
FROM identity.score s
JOIN identity.outcome o ON s.row_key = o.row_key AND s.person_key = o.person_key
JOIN identity.weight wn ON wn.field = 'number' AND wn.level = s.number_level
JOIN identity.weight wm ON wm.field = 'name' AND wm.level = s.name_level
JOIN identity.weight wb ON wb.field = 'birth' AND wb.level = s.birth_level
JOIN identity.weight ws ON ws.field = 'sex' AND ws.level = s.sex_level
JOIN identity.weight wp ON wp.field = 'phone' AND wp.level = s.phone_level
JOIN identity.weight wa ON wa.field = 'address' AND wa.level = s.address_level
JOIN identity.weight wr ON wr.field = 'relation' AND wr.level = s.relation_level
