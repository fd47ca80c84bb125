-- What is to be done at the doors $first to $last of a community, in walking order.
-- grain: a matter (person × programme × action)
-- columns: part, door_number, address, person_id, name, sex, age, id_number, phone, programme, programme_name, action,
--   action_name, reason, hint, money_text, due_by, need_text, last_contact, result, contacted_on, handler, earlier,
--   doors
-- from: portal.latest_answer, portal.worklist
WITH matter AS (
    SELECT
        l.part,
        l.door_number,
        coalesce(l.at_address, l.short_address) AS address,
        l.person_id,
        l.name,
        l.sex,
        l.age,
        l.id_number,
        l.phone,
        l.programme,
        l.programme_name,
        l.action,
        l.action_name,
        l.short_reason AS reason,
        l.hint,
        l.money_text,
        l.due_by,
        l.need_text,
        l.last_contact,
        a.result,
        a.contacted_on,
        a.handler,
        a.earlier,
        l.position,
        max(l.door_number) OVER () AS doors
    FROM portal.worklist AS l
    LEFT JOIN portal.latest_answer AS a ON a.person_id = l.person_id AND a.programme = l.programme
    WHERE
        regexp_matches(l.area_code, $area)
        AND l.to_do
        AND l.town_file = $town
        AND l.community_file = $community
)

SELECT
    part,
    door_number,
    address,
    person_id,
    name,
    sex,
    age,
    id_number,
    phone,
    programme,
    programme_name,
    action,
    action_name,
    reason,
    hint,
    money_text,
    due_by,
    need_text,
    last_contact,
    result,
    contacted_on,
    handler,
    earlier,
    doors
FROM matter
WHERE door_number BETWEEN $first AND $last
ORDER BY door_number, part, age DESC NULLS LAST, person_id, position, programme
