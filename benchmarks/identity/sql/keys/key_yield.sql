-- What each key of blocking yields: candidate pairs, rows that it leads to their person, and those that no other key leads there.
-- One row of: key. From: identity.block_pair, truth.row, truth.register.
WITH pair AS (
    SELECT b.block, b.row_key, r.true_person IS NOT NULL AS is_true
    FROM (SELECT DISTINCT block, row_key, register_key FROM identity.block_pair) b
    JOIN truth.row t ON b.row_key = t.row_key
    LEFT JOIN truth.register r ON b.register_key = r.row_key AND t.true_person = r.true_person
),
led AS (
    SELECT row_key, count(DISTINCT block) AS keys
    FROM pair
    WHERE is_true
    GROUP BY row_key
)
SELECT
    p.block,
    count(*) AS pairs,
    count(DISTINCT CASE WHEN p.is_true THEN p.row_key END) AS leads,
    count(DISTINCT CASE WHEN p.is_true AND l.keys = 1 THEN p.row_key END) AS leads_alone
FROM pair p
LEFT JOIN led l ON p.row_key = l.row_key
GROUP BY p.block
