-- Rows in no clear link that say hardly more than a name: they could be of anybody who may be called so.
-- grain: residual row
-- columns: row_key, name_key, sex, has_number
-- from: identity.bearer, identity.residual, identity.residual_link
SELECT r.row_key, r.name_key, r.sex, r.number_no IS NOT NULL AND NOT r.taken AS has_number
FROM identity.residual r
JOIN identity.residual_link o ON r.row_key = o.row_key AND o.grade IN ('new', 'review')
LEFT JOIN identity.bearer b ON r.name_key = b.name_key
WHERE
    r.birth_date IS NULL
    AND r.name_key IS NOT NULL
    AND (r.birth IS NULL OR r.taken OR (r.number_no IS NOT NULL AND b.name_key IS NULL))
