-- What the filters of the list page offer: programmes, towns and communities with lines, within the areas $area.
-- grain: a value of a filter
-- columns: filter, code, name, people
-- from: portal.worklist
WITH own AS (
    SELECT programme, programme_name, town_file, town_name, community_file, community_name, need_class, person_id
    FROM portal.worklist
    WHERE regexp_matches(area_code, $area) AND to_do
)

SELECT 'programme' AS filter, programme AS code, min(programme_name) AS name, count(DISTINCT person_id) AS people
FROM own
GROUP BY programme
UNION ALL
SELECT 'town', town_file, coalesce(min(town_name), '未落实区划'), count(DISTINCT person_id)
FROM own
GROUP BY town_file
UNION ALL
SELECT 'community', community_file, concat(min(town_name), min(community_name)), count(DISTINCT person_id)
FROM own
WHERE community_file <> 'unassigned'
GROUP BY community_file
UNION ALL
SELECT 'need', CAST(need_class AS VARCHAR), concat(CAST(need_class AS VARCHAR), '类'), count(DISTINCT person_id)
FROM own
WHERE need_class IS NOT NULL
GROUP BY need_class
ORDER BY filter, code
