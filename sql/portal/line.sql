-- The lines that an officer may see, filtered and in order: $length of them from $first on. A filter is NULL where it
-- is not set; without an action all that is to be done. $searched: the persons that a search found.
-- grain: a line of a list (person × programme × action)
-- columns: person_id, programme, programme_name, action, action_name, name, sex, age, id_number, phone, town_name,
--   community_name, address, money_text, days_text, due_by, need_text, reason, hint, last_contact, result,
--   contacted_on, handler, earlier, is_agreed, total
-- from: portal.latest_answer, portal.worklist
SELECT
    l.person_id,
    l.programme,
    l.programme_name,
    l.action,
    l.action_name,
    l.name,
    l.sex,
    l.age,
    l.id_number,
    l.phone,
    l.town_name,
    l.community_name,
    l.short_address AS address,
    l.money_text,
    l.days_text,
    l.due_by,
    l.need_text,
    l.short_reason AS reason,
    l.hint,
    l.last_contact,
    a.result,
    a.contacted_on,
    a.handler,
    a.earlier,
    l.is_agreed,
    count(*) OVER () AS total
FROM portal.worklist AS l
LEFT JOIN portal.latest_answer AS a ON a.person_id = l.person_id AND a.programme = l.programme
WHERE
    regexp_matches(l.area_code, $area)
    AND ($programme IS NULL OR l.programme = $programme)
    AND CASE WHEN $action IS NULL THEN l.to_do ELSE l.action = $action END
    AND ($community IS NULL OR l.community_file = $community)
    AND ($town IS NULL OR l.town_file = $town)
    AND ($need IS NULL OR l.need_class = $need)
    AND (NOT $only_open OR (a.result IS NULL AND l.last_contact IS NULL))
    AND ($searched IS NULL OR list_contains($searched, l.person_id))
ORDER BY
    CASE $order
        WHEN 'name' THEN l.name
        WHEN 'due' THEN CAST(l.due_by AS VARCHAR)
        WHEN 'address' THEN concat(l.town_file, l.community_file, l.door_order)
    END NULLS LAST,
    l.is_agreed,
    l.need_class NULLS LAST,
    l.town_file,
    l.community_file,
    l.door_order NULLS LAST,
    l.person_id,
    l.programme,
    l.action
LIMIT $length OFFSET $first
