-- What kind of person a candidate is for the row's context, and whether the same roll has a clear row of hers already.
-- One row of: candidate pair (residual row × register row).
-- From: identity.block_pair, row_context, kind, clear_row.
WITH pair AS (
    SELECT DISTINCT row_key, register_key, person_key FROM identity.block_pair
)
SELECT
    p.row_key,
    p.register_key,
    c.context,
    k.kind || CASE WHEN a.person_key IS NULL THEN '|first' ELSE '|again' END AS standing
FROM pair p
JOIN identity.row_context c ON p.row_key = c.row_key
JOIN identity.kind k ON p.register_key = k.row_key
LEFT JOIN identity.clear_row a ON c.context = a.context AND p.person_key = a.person_key
