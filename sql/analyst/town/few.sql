-- Whose town would be seen of fewer than five people of a group, or whose being without a town would. A group in which
-- fewer than five have no town gets as many more from its largest town as make five (all, where fewer than five would
-- stay).
-- grain: a person (random key)
-- columns: key
-- from: release_key.place, release_key.place_group
WITH counted AS (
    SELECT g.place_group, p.town_code, count(*) AS people
    FROM release_key.place_group AS g
    INNER JOIN release_key.place AS p ON p.key = g.key
    GROUP BY g.place_group, p.town_code
),

largest AS (
    SELECT place_group, town_code, people
    FROM counted
    WHERE town_code IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY place_group ORDER BY people DESC, town_code ASC) = 1
),

more AS (
    SELECT
        l.place_group,
        l.town_code,
        CASE WHEN l.people >= 10 - c.people THEN 5 - c.people ELSE l.people END AS wanted
    FROM counted AS c
    INNER JOIN largest AS l ON l.place_group = c.place_group
    WHERE c.town_code IS NULL AND c.people < 5
)

SELECT p.key
FROM counted AS c
INNER JOIN release_key.place_group AS g ON g.place_group = c.place_group
INNER JOIN release_key.place AS p ON p.key = g.key AND p.town_code = c.town_code
WHERE c.people < 5
UNION
SELECT n.key
FROM (
    SELECT
        p.key,
        m.wanted,
        row_number() OVER (PARTITION BY m.place_group ORDER BY p.key) AS number
    FROM more AS m
    INNER JOIN release_key.place_group AS g ON g.place_group = m.place_group
    INNER JOIN release_key.place AS p ON p.key = g.key AND p.town_code = m.town_code
) AS n
WHERE n.number <= n.wanted
