-- The lines that are not as on the published night before, of the areas $area: $length of them from $first on, of the
-- cause $cause where one is set.
-- grain: a changed line (person × programme)
-- columns: programme_name, change, action_before, action, cause, cause_text, name, person_id, amount_before, amount,
--   compared_with, total
-- from: lists.change_line, mart.person
SELECT
    c.programme_name,
    c.change,
    c.action_before,
    c.action,
    c.cause,
    c.cause_text,
    c.name,
    c.person_id,
    c.amount_before,
    c.amount,
    c.compared_with,
    count(*) OVER () AS total
FROM lists.change_line AS c
LEFT JOIN mart.person AS p ON p.person_id = c.person_id
WHERE regexp_matches(coalesce(p.area_code, ''), $area) AND ($cause IS NULL OR c.cause = $cause)
ORDER BY c.town_file, c.programme, c.cause, c.change, c.person_id
LIMIT $length OFFSET $first
