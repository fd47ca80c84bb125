-- What kind of person a candidate is for the row's context, and whether the same roll has a clear row of hers already.
-- One row of: compared pair (residual row × register row). From: identity.comparison, row_context, kind.
WITH pair AS (
    SELECT DISTINCT row_key, register_key, person_key FROM identity.comparison
),
present AS (
    SELECT DISTINCT roll, person_key
    FROM identity.row_context
    WHERE person_key IN (SELECT person_key FROM pair)
)
SELECT
    p.row_key,
    p.register_key,
    c.context,
    k.kind || CASE WHEN a.person_key IS NULL THEN '|first' ELSE '|again' END AS standing
FROM pair p
JOIN identity.row_context c ON p.row_key = c.row_key
JOIN identity.kind k ON p.register_key = k.row_key
LEFT JOIN present a ON c.roll = a.roll AND p.person_key = a.person_key
