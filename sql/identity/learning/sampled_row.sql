-- A sample of the clear rows of each context, always the same, by which it is learned where on a roll people are.
-- grain: a source row (`own_key`: its person)
-- columns: row_key, own_key
-- from: identity.clear_context
WITH sampled AS (
    SELECT context, greatest(count(*) // $sample_rows, 1) AS one_of
    FROM identity.clear_context
    GROUP BY context
)
SELECT clear_row.row_key, clear_row.person_key AS own_key
FROM identity.clear_context AS clear_row
JOIN sampled ON clear_row.context = sampled.context
WHERE clear_row.row_key // 10 % sampled.one_of = 0
