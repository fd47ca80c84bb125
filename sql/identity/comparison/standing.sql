-- What kind of person a candidate is for the row's context, and whether the same roll has a clear row of hers already.
-- With the fingerprint of the candidate's register row (`content`), and whether nobody here bears the row's own number.
-- grain: compared pair (residual row × register row)
-- columns: row_key, register_key, context, is_strange, content, standing
-- from: identity.comparison, identity.kind, identity.number_link, identity.row_content, identity.row_context
WITH pair AS (
    SELECT DISTINCT row_key, register_key, person_key FROM identity.comparison
),
present AS (
    SELECT DISTINCT c.roll, l.person_key
    FROM (
        SELECT row_key, person_key
        FROM identity.number_link
        WHERE person_key IN (SELECT person_key FROM pair)
    ) l
    JOIN identity.row_content c ON l.row_key = c.row_key
)
SELECT
    p.row_key,
    p.register_key,
    x.context,
    x.is_strange,
    k.content,
    k.kind || CASE WHEN a.person_key IS NULL THEN '|first' ELSE '|again' END AS standing
FROM pair p
JOIN identity.row_context x ON p.row_key = x.row_key
JOIN identity.row_content c ON p.row_key = c.row_key
JOIN identity.kind k ON p.register_key = k.row_key
LEFT JOIN present a ON c.roll = a.roll AND p.person_key = a.person_key
