-- The list lines of the person $person_id, work first.
-- grain: a line of a list (programme × action)
-- columns: programme, programme_name, action, action_name, reason_text, money_text, days_text, due_by, hint, to_do,
--   town_file, community_file, result, contacted_on, handler
-- from: portal.latest_answer, portal.worklist
SELECT
    l.programme,
    l.programme_name,
    l.action,
    l.action_name,
    l.reason_text,
    l.money_text,
    l.days_text,
    l.due_by,
    l.hint,
    l.to_do,
    l.town_file,
    l.community_file,
    a.result,
    a.contacted_on,
    a.handler
FROM portal.worklist AS l
LEFT JOIN portal.latest_answer AS a ON a.person_id = l.person_id AND a.programme = l.programme
WHERE l.person_id = $person_id
ORDER BY l.to_do DESC, l.position, l.programme
