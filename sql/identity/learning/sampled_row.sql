-- Clear rows by which it is learned where on a roll people stand: a sample of each context, always the same.
-- grain: source row (`own_key`: whose it is)
-- columns: row_key, own_key
-- from: identity.clear_context
WITH sampled AS (
    SELECT context, greatest(count(*) // $sample_rows, 1) AS one_of
    FROM identity.clear_context
    GROUP BY context
)
SELECT c.row_key, c.person_key AS own_key
FROM identity.clear_context c
JOIN sampled s ON c.context = s.context
WHERE c.row_key // 10 % s.one_of = 0
