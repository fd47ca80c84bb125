-- Numbers that stand on the rows of two people. `one_name`: two of them bear the same name, too, so that number and
-- name do not tell whose a row is.
-- grain: number
-- columns: number_no, one_name
-- from: identity.register_component, identity.register_pair
SELECT p.left_number_no AS number_no, bool_or(p.name_level = $equal_name) AS one_name
FROM identity.register_pair p
LEFT JOIN identity.register_component a ON p.left_key = a.row_key
LEFT JOIN identity.register_component b ON p.right_key = b.row_key
WHERE
    p.method = 'same number'
    AND coalesce(a.component, p.left_key) <> coalesce(b.component, p.right_key)
GROUP BY p.left_number_no
