-- The communities within the areas $area in which there is work: how many doors, people, matters, what is overdue on
-- $today, what was answered since the night.
-- grain: a community
-- columns: town_file, community_file, town_name, community_name, doors, people, matters, overdue, answered
-- from: portal.latest_answer, portal.worklist
SELECT
    l.town_file,
    l.community_file,
    coalesce(min(l.town_name), '未落实区划') AS town_name,
    min(l.community_name) AS community_name,
    count(DISTINCT l.door_number) AS doors,
    count(DISTINCT l.person_id) AS people,
    count(*) AS matters,
    count(*) FILTER (WHERE l.due_by < $today) AS overdue,
    count(*) FILTER (WHERE a.result IS NOT NULL) AS answered
FROM portal.worklist AS l
LEFT JOIN portal.latest_answer AS a ON a.person_id = l.person_id AND a.programme = l.programme
WHERE regexp_matches(l.area_code, $area) AND l.to_do
GROUP BY l.town_file, l.community_file
ORDER BY l.town_file, l.community_file
