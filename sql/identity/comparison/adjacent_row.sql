-- The persons of the rows just before and after a row in its file, where number and name link those rows. A roll is
-- mostly compiled village by village and house by house; whether this one is, its clear rows tell (`adjacency_share`).
-- grain: an unlinked record, or a clear row of the sample (`own_key`: its person), × person on an adjacent row
-- columns: row_key, own_key, person_key, household_no, area_code, name_key
-- from: identity.deterministic_link, identity.register_profile, identity.sampled_row, identity.unlinked_record
WITH record_or_sample AS (
    SELECT row_key, CAST(NULL AS BIGINT) AS own_key FROM identity.unlinked_record
    UNION ALL
    SELECT row_key, own_key FROM identity.sampled_row
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
