-- How near a candidate lives to the people of the adjacent rows: the same person, household, community or town, or
-- elsewhere.
-- grain: a candidate pair, or a clear row of the sample with its own person, that has an adjacent clear row
-- columns: row_key, register_key, adjacency
-- from: identity.adjacent_row, identity.comparison, identity.register_profile
WITH pair AS (
    SELECT DISTINCT row_key, register_key FROM identity.comparison
    UNION ALL
    SELECT DISTINCT adjacent.row_key, registered.row_key
    FROM identity.adjacent_row AS adjacent
    JOIN identity.register_profile AS registered ON adjacent.own_key = registered.person_key AND registered.leads
),
nearest AS (
    SELECT
        pair.row_key,
        pair.register_key,
        max(
            CASE
                WHEN adjacent.person_key = registered.person_key THEN 4
                WHEN adjacent.household_no = registered.household_no THEN 3
                WHEN adjacent.area_code = registered.area_code THEN 2
                WHEN left(adjacent.area_code, 9) = left(registered.area_code, 9) THEN 1
                ELSE 0
            END
        ) AS nearness
    FROM pair
    JOIN identity.adjacent_row AS adjacent ON pair.row_key = adjacent.row_key
    JOIN identity.register_profile AS registered ON pair.register_key = registered.row_key
    GROUP BY pair.row_key, pair.register_key
)
SELECT
    row_key,
    register_key,
    CASE nearness
        WHEN 4 THEN 'person beside'
        WHEN 3 THEN 'household beside'
        WHEN 2 THEN 'community beside'
        WHEN 1 THEN 'town beside'
        ELSE 'others beside'
    END AS adjacency
FROM nearest
