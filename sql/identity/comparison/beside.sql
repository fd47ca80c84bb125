-- Who stands beside a row in its extract: the persons of the rows just before and after it, where number and name tie
-- them. A roll is mostly compiled village by village and house by house; whether this one is, its clear rows tell.
-- grain: residual row, or clear row of a sample (`own_key`: whose it is), × person beside it
-- columns: row_key, own_key, person_key, household_no, area_code, name_key
-- from: identity.number_link, identity.register_profile, identity.residual, identity.sampled_row
WITH asked AS (
    SELECT row_key, CAST(NULL AS BIGINT) AS own_key FROM identity.residual
    UNION ALL
    SELECT row_key, own_key FROM identity.sampled_row
),
neighbour AS (
    SELECT row_key, own_key, row_key // 10 - 1 AS line FROM asked
    UNION ALL
    SELECT row_key, own_key, row_key // 10 + 1 FROM asked
),
near AS (
    SELECT DISTINCT n.row_key, n.own_key, l.person_key
    FROM neighbour n
    JOIN identity.number_link l ON n.line = l.row_key // 10
)
SELECT n.row_key, n.own_key, n.person_key, r.household_no, r.area_code, r.name_key
FROM near n
JOIN identity.register_profile r ON n.person_key = r.person_key AND r.leads
