-- Names of vague rows beside names in the register that they may be a damaged form of, with how far they agree.
-- One row of: name × register name. From: identity.vague, bearer, carry, last_night.like_pair (names that
-- were compared last night are not compared again). A table of its own, so that each pair is compared once.
WITH known AS (
    SELECT l.name_key, l.bearer_name, l.level
    FROM last_night.like_pair l
    CROSS JOIN identity.carry y
    WHERE y.links
),
damaged_name AS (
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
    CASE WHEN k.level IS NULL THEN name_level(a.name_key, a.bearer_name) ELSE k.level END AS level,
    k.level IS NULL AS is_new
FROM alike a
LEFT JOIN known k ON a.name_key = k.name_key AND a.bearer_name = k.bearer_name
