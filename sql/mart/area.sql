-- mart.area: every area that a person or a name of tonight belongs to: the region, its districts (6 digits), towns (9),
-- communities (12). Where nobody named an area, its code is its name. parent: the area above; of the region there is
-- none. Where the region is a county, it is its own district.
-- grain: an area
-- columns: area_code, level, name, parent
-- from: facts.person, run.area_name, run.context, run.provenance
WITH code AS (
    SELECT DISTINCT substr(p.area_code, 1, v.digits) AS area_code
    FROM facts.person AS p
    CROSS JOIN (VALUES (6), (9), (12)) AS v (digits)
    WHERE regexp_matches(p.area_code, '^[0-9]{12}$')
    UNION
    SELECT DISTINCT substr(n.area_code, 1, v.digits) AS area_code
    FROM run.area_name AS n
    CROSS JOIN (VALUES (6), (9), (12)) AS v (digits)
    WHERE v.digits <= length(n.area_code)
    UNION
    SELECT region_code AS area_code
    FROM run.context
)

SELECT
    a.area_code,
    CASE
        WHEN a.area_code = c.region_code THEN 'region'
        WHEN length(a.area_code) = 6 THEN 'district'
        WHEN length(a.area_code) = 9 THEN 'town'
        ELSE 'community'
    END AS level,
    coalesce(n.name, CASE WHEN a.area_code = c.region_code THEN g.region_name END, a.area_code) AS name,
    CASE
        WHEN a.area_code = c.region_code THEN NULL
        WHEN length(a.area_code) = 6 THEN c.region_code
        WHEN length(a.area_code) = 9 THEN substr(a.area_code, 1, 6)
        ELSE substr(a.area_code, 1, 9)
    END AS parent
FROM code AS a
CROSS JOIN run.context AS c
CROSS JOIN run.provenance AS g
LEFT JOIN run.area_name AS n ON n.area_code = a.area_code
ORDER BY a.area_code
