-- The persons of the rows just before and after a row in its file, where number and name link those rows. A roll is
-- mostly compiled village by village and house by house; whether this one is, its clear rows tell (`adjacency_share`).
-- grain: an unlinked record, or a clear row of the sample (`own_key`: its person), × person on an adjacent row
-- columns: row_key, own_key, person_key, household_no, area_code, name_key
-- from: identity.clear_context, identity.deterministic_link, identity.register_profile, identity.unlinked_record
WITH roll_sample AS (
    SELECT context, greatest(count(*) // $sample_rows, 1) AS one_of
    FROM identity.clear_context
    GROUP BY context
),
-- of the clear rows of each context always the same
sampled_row AS (
    SELECT clear_row.row_key, clear_row.person_key AS own_key
    FROM identity.clear_context AS clear_row
    JOIN roll_sample ON clear_row.context = roll_sample.context
    WHERE clear_row.row_key // 10 % roll_sample.one_of = 0
),
record_or_sample AS (
    SELECT row_key, CAST(NULL AS BIGINT) AS own_key FROM identity.unlinked_record
    UNION ALL
    SELECT row_key, own_key FROM sampled_row
),
neighbour AS (
    SELECT row_key, own_key, row_key // 10 - 1 AS line FROM record_or_sample
    UNION ALL
    SELECT row_key, own_key, row_key // 10 + 1 FROM record_or_sample
),
near AS (
    SELECT DISTINCT neighbour.row_key, neighbour.own_key, link.person_key
    FROM neighbour
    JOIN identity.deterministic_link AS link ON neighbour.line = link.row_key // 10
)
SELECT near.row_key, near.own_key, near.person_key, registered.household_no, registered.area_code, registered.name_key
FROM near
JOIN identity.register_profile AS registered ON near.person_key = registered.person_key AND registered.leads
