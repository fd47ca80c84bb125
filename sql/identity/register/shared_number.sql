-- Numbers on the rows of two people. `one_name`: two of them have the same name, too, so that number and name do not
-- tell whose a row is.
-- grain: a number
-- columns: number_no, one_name
-- from: identity.register_component, identity.register_pair
SELECT pair.left_number_no AS number_no, bool_or(pair.name_level = $equal_name) AS one_name
FROM identity.register_pair AS pair
LEFT JOIN identity.register_component AS component ON pair.left_key = component.row_key
LEFT JOIN identity.register_component AS other ON pair.right_key = other.row_key
WHERE
    pair.method = 'same number'
    AND coalesce(component.component, pair.left_key) <> coalesce(other.component, pair.right_key)
GROUP BY pair.left_number_no
