-- How much work there is within the areas $area, by town and action: all of it, due by the end of the week and of the
-- month of $today, overdue, found last night for the first time, answered since.
-- grain: a town × action
-- columns: town_file, town_name, action, action_name, position, lines, this_week, this_month, overdue, new_lines,
--   answered, agreed
-- from: mart.candidate, portal.latest_answer, portal.worklist
SELECT
    l.town_file,
    coalesce(min(l.town_name), '未落实区划') AS town_name,
    l.action,
    min(l.action_name) AS action_name,
    min(l.position) AS position,
    count(*) AS lines,
    count(*) FILTER (WHERE l.due_by BETWEEN $today AND $week_end) AS this_week,
    count(*) FILTER (WHERE l.due_by BETWEEN $today AND $month_end) AS this_month,
    count(*) FILTER (WHERE l.due_by < $today) AS overdue,
    count(*) FILTER (WHERE c.first_found_on = $as_of) AS new_lines,
    count(*) FILTER (WHERE a.result IS NOT NULL) AS answered,
    count(*) FILTER (WHERE l.is_agreed) AS agreed
FROM portal.worklist AS l
INNER JOIN mart.candidate AS c
    ON c.person_id = l.person_id AND c.programme = l.programme AND c.action = l.action
LEFT JOIN portal.latest_answer AS a ON a.person_id = l.person_id AND a.programme = l.programme
WHERE regexp_matches(l.area_code, $area) AND l.to_do
GROUP BY l.town_file, l.action
ORDER BY l.town_file, position
