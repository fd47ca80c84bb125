-- How often people stand beside their own in a context, and how often anybody would: what `place` says there. `seen`:
-- rows of the sample whose person is at it; `expected`: so many rows of anybody taken at random from the register would
-- be.
-- grain: context × place
-- columns: context, place, seen, expected
-- from: identity.beside, identity.clear_context, identity.place, identity.register_profile
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
    SELECT b.*, c.context
    FROM identity.beside b
    JOIN identity.clear_context c ON b.row_key = c.row_key
    WHERE b.own_key IS NOT NULL
),
around AS (
    SELECT context, 4 AS nearness, 'herself beside' AS place, count(*) AS people FROM near GROUP BY context
    UNION ALL
    SELECT b.context, 3, 'household beside', sum(h.people)
    FROM (SELECT DISTINCT context, row_key, household_no FROM near) b
    JOIN household h ON b.household_no = h.household_no
    GROUP BY b.context
    UNION ALL
    SELECT b.context, 2, 'community beside', sum(c.people)
    FROM (SELECT DISTINCT context, row_key, area_code FROM near) b
    JOIN community c ON b.area_code = c.area_code
    GROUP BY b.context
    UNION ALL
    SELECT b.context, 1, 'town beside', sum(t.people)
    FROM (SELECT DISTINCT context, row_key, left(area_code, 9) AS town FROM near) b
    JOIN town t ON b.town = t.town
    GROUP BY b.context
    UNION ALL
    SELECT b.context, 0, 'others beside', count(DISTINCT b.row_key) * max(n.people)
    FROM near b
    CROSS JOIN people n
    GROUP BY b.context
),
chance AS (
    SELECT a.context, a.nearness, a.place, a.people / n.people AS within
    FROM around a
    CROSS JOIN people n
),
-- on a roll in the order of names namesakes stand together: then she who stands beside is not she for it
namesake AS (
    SELECT b.context, count(DISTINCT b.row_key) AS namesakes
    FROM near b
    JOIN identity.register_profile r ON b.own_key = r.person_key AND r.leads
    WHERE b.person_key <> b.own_key AND b.name_key = r.name_key
    GROUP BY b.context
),
found AS (
    SELECT b.context, p.place, count(*) AS seen
    FROM identity.place p
    JOIN (SELECT DISTINCT row_key, context FROM near) b ON p.row_key = b.row_key
    GROUP BY b.context, p.place
)
SELECT
    h.context,
    h.place,
    coalesce(f.seen, 0) AS seen,
    greatest(h.within - coalesce(lag(h.within) OVER (PARTITION BY h.context ORDER BY h.nearness DESC), 0), 0)
    + CASE h.place WHEN 'herself beside' THEN coalesce(n.namesakes, 0) ELSE 0 END AS expected
FROM chance h
LEFT JOIN namesake n ON h.context = n.context
LEFT JOIN found f ON h.context = f.context AND h.place = f.place
