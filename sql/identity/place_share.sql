-- How often people stand beside their own in a context, and how often anybody would: what `place` says there.
-- One row of: context × place. `seen`: rows of the sample whose person is at it; `expected`: so many rows of anybody
-- taken at random from the register would be. From: identity.place, beside, row_context, register_profile.
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
around AS (
    SELECT row_key, 'herself beside' AS place, count(*) AS people
    FROM identity.beside
    WHERE own_key IS NOT NULL
    GROUP BY row_key
    UNION ALL
    SELECT b.row_key, 'household beside', sum(h.people)
    FROM (SELECT DISTINCT row_key, household_no FROM identity.beside WHERE own_key IS NOT NULL) b
    JOIN household h ON b.household_no = h.household_no
    GROUP BY b.row_key
    UNION ALL
    SELECT b.row_key, 'community beside', sum(c.people)
    FROM (SELECT DISTINCT row_key, area_code FROM identity.beside WHERE own_key IS NOT NULL) b
    JOIN community c ON b.area_code = c.area_code
    GROUP BY b.row_key
    UNION ALL
    SELECT b.row_key, 'town beside', sum(t.people)
    FROM (SELECT DISTINCT row_key, left(area_code, 9) AS town FROM identity.beside WHERE own_key IS NOT NULL) b
    JOIN town t ON b.town = t.town
    GROUP BY b.row_key
    UNION ALL
    SELECT b.row_key, 'others beside', n.people
    FROM (SELECT DISTINCT row_key FROM identity.beside WHERE own_key IS NOT NULL) b
    CROSS JOIN people n
),
chance AS (
    SELECT c.context, a.place, sum(a.people / n.people) AS within
    FROM around a
    JOIN identity.row_context c ON a.row_key = c.row_key
    CROSS JOIN people n
    GROUP BY c.context, a.place
),
-- on a roll in the order of names namesakes stand together: then she who stands beside is not she for it
namesake AS (
    SELECT c.context, count(DISTINCT b.row_key) AS namesakes
    FROM identity.beside b
    JOIN identity.register_profile r ON b.own_key = r.person_key AND r.leads
    JOIN identity.row_context c ON b.row_key = c.row_key
    WHERE b.person_key <> b.own_key AND b.name_key = r.name_key
    GROUP BY c.context
),
found AS (
    SELECT c.context, p.place, count(*) AS seen
    FROM identity.place p
    JOIN (SELECT DISTINCT row_key FROM identity.beside WHERE own_key IS NOT NULL) b ON p.row_key = b.row_key
    JOIN identity.row_context c ON p.row_key = c.row_key
    GROUP BY c.context, p.place
)
SELECT
    h.context,
    h.place,
    coalesce(f.seen, 0) AS seen,
    greatest(h.within - coalesce(lag(h.within) OVER (PARTITION BY h.context ORDER BY h.within), 0), 0)
    + CASE h.place WHEN 'herself beside' THEN coalesce(n.namesakes, 0) ELSE 0 END AS expected
FROM chance h
LEFT JOIN namesake n ON h.context = n.context
LEFT JOIN found f ON h.context = f.context AND h.place = f.place
