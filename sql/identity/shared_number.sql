-- Numbers that stand under two names which are not one person's. One row of: number. From: identity.register_pair,
-- register_component.
SELECT p.left_number_no AS number_no
FROM identity.register_pair p
LEFT JOIN identity.register_component a ON p.left_key = a.row_key
LEFT JOIN identity.register_component b ON p.right_key = b.row_key
WHERE
    p.method = 'same number'
    AND coalesce(a.component, p.left_key) <> coalesce(b.component, p.right_key)
GROUP BY p.left_number_no
