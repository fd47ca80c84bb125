-- How often rows of one person, household, community or town are adjacent in a context, and how often they would be by
-- chance. `seen`: rows of the sample; `expected`: rows of anybody taken at random from the register.
-- grain: a context × adjacency
-- columns: context, adjacency, seen, expected
-- from: identity.adjacency, identity.adjacent_row, identity.clear_context, identity.register_profile
WITH people AS (
    SELECT count(*) AS people FROM identity.register_profile WHERE leads
),
household AS (
    SELECT household_no, count(*) AS people FROM identity.register_profile WHERE leads GROUP BY household_no
),
community AS (
    SELECT area_code, count(*) AS people FROM identity.register_profile WHERE leads GROUP BY area_code
),
town AS (
    SELECT left(area_code, 9) AS town, sum(people) AS people FROM community GROUP BY left(area_code, 9)
),
near AS (
    SELECT adjacent.*, clear_row.context
    FROM identity.adjacent_row AS adjacent
    JOIN identity.clear_context AS clear_row ON adjacent.row_key = clear_row.row_key
    WHERE adjacent.own_key IS NOT NULL
),
around AS (
    SELECT context, 4 AS nearness, 'person beside' AS adjacency, count(*) AS people FROM near GROUP BY context
    UNION ALL
    SELECT near.context, 3, 'household beside', sum(household.people)
    FROM (SELECT DISTINCT context, row_key, household_no FROM near) AS near
    JOIN household ON near.household_no = household.household_no
    GROUP BY near.context
    UNION ALL
    SELECT near.context, 2, 'community beside', sum(community.people)
    FROM (SELECT DISTINCT context, row_key, area_code FROM near) AS near
    JOIN community ON near.area_code = community.area_code
    GROUP BY near.context
    UNION ALL
    SELECT near.context, 1, 'town beside', sum(town.people)
    FROM (SELECT DISTINCT context, row_key, left(area_code, 9) AS town FROM near) AS near
    JOIN town ON near.town = town.town
    GROUP BY near.context
    UNION ALL
    SELECT near.context, 0, 'others beside', count(DISTINCT near.row_key) * max(people.people)
    FROM near
    CROSS JOIN people
    GROUP BY near.context
),
chance AS (
    SELECT around.context, around.nearness, around.adjacency, around.people / people.people AS within
    FROM around
    CROSS JOIN people
),
-- on a roll in the order of names namesakes are adjacent: there an adjacent namesake proves nothing
namesake AS (
    SELECT near.context, count(DISTINCT near.row_key) AS namesakes
    FROM near
    JOIN identity.register_profile AS registered ON near.own_key = registered.person_key AND registered.leads
    WHERE near.person_key <> near.own_key AND near.name_key = registered.name_key
    GROUP BY near.context
),
found AS (
    SELECT near.context, adjacency.adjacency, count(*) AS seen
    FROM identity.adjacency
    JOIN (SELECT DISTINCT row_key, context FROM near) AS near ON adjacency.row_key = near.row_key
    GROUP BY near.context, adjacency.adjacency
)
SELECT
    chance.context,
    chance.adjacency,
    coalesce(found.seen, 0) AS seen,
    greatest(
        chance.within
        - coalesce(lag(chance.within) OVER (PARTITION BY chance.context ORDER BY chance.nearness DESC), 0),
        0
    )
    + CASE chance.adjacency WHEN 'person beside' THEN coalesce(namesake.namesakes, 0) ELSE 0 END AS expected
FROM chance
LEFT JOIN namesake ON chance.context = namesake.context
LEFT JOIN found ON chance.context = found.context AND chance.adjacency = found.adjacency
