-- Names of vague rows beside names in the register that they may be a damaged form of, with how far they agree. A table
-- of its own, so that each pair is compared once.
-- grain: name × register name
-- columns: name_key, bearer_name, holders, level
-- from: identity.bearer, identity.vague
WITH damaged_name AS (
    SELECT DISTINCT v.name_key
    FROM identity.vague v
    LEFT JOIN identity.bearer b ON v.name_key = b.name_key
    WHERE b.name_key IS NULL
),
alike AS (
    SELECT DISTINCT v.name_key, b.name_key AS bearer_name, b.holders
    FROM identity.vague v
    JOIN identity.bearer b ON left(v.name_key, 1) = left(b.name_key, 1) AND right(v.name_key, 1) = right(b.name_key, 1)
    WHERE length(v.name_key) = 2 AND length(b.name_key) = 3
    UNION
    SELECT d.name_key, b.name_key AS bearer_name, b.holders
    FROM damaged_name d
    JOIN identity.bearer b ON left(d.name_key, 1) = left(b.name_key, 1) AND right(d.name_key, 1) = right(b.name_key, 1)
    UNION
    SELECT d.name_key, b.name_key, b.holders
    FROM damaged_name d
    JOIN identity.bearer b ON left(d.name_key, 2) = left(b.name_key, 2)
    UNION
    SELECT d.name_key, b.name_key, b.holders
    FROM damaged_name d
    JOIN identity.bearer b ON right(d.name_key, 2) = right(b.name_key, 2)
    UNION
    SELECT d.name_key, b.name_key, b.holders
    FROM damaged_name d
    JOIN identity.bearer b ON left(d.name_key, 1) = left(b.name_key, 1) AND length(b.name_key) = 2
    WHERE length(d.name_key) = 2 OR substr(d.name_key, 2, 1) BETWEEN 'A' AND 'Z'
    UNION
    SELECT d.name_key, b.name_key, b.holders
    FROM damaged_name d
    JOIN identity.bearer b ON right(d.name_key, 1) = right(b.name_key, 1) AND length(b.name_key) = 2
    WHERE length(d.name_key) = 2
)
SELECT
    a.name_key,
    a.bearer_name,
    a.holders,
    name_level(a.name_key, a.bearer_name) AS level
FROM alike a
