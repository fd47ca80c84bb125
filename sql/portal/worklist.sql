-- The lines of the night as the pages show them: those of the printed lists, with the area that decides who may see
-- them and the door at which the person is found.
-- grain: a line of a list (person × programme × action)
-- columns: programme, programme_name, action, action_name, town_file, community_file, town_name, community_name,
--   household_id, need_class, need_text, last_met_on, effective_on, position, to_do, is_agreed, is_dead, is_elsewhere,
--   door_key, door_order, name, sex, age, id_number, phone, address, short_address, amount, current_amount, money,
--   money_text, effective_on_text, first_seen_on, first_payment_month, days_text, due_by_text, last_on_text,
--   last_met_text, agreed_text, recheck_text, reason_text, short_reason, ground, citation, lead, hint, last_contact,
--   person_id, area_code, due_by, id_end, part, door_number, at_address
-- from: lists.at_door, lists.line, mart.candidate
SELECT
    l.*,
    coalesce(c.area_code, '') AS area_code,
    c.due_by,
    right(c.id_number, 4) AS id_end,
    d.part,
    d.door_number,
    d.at_address
FROM lists.line AS l
INNER JOIN mart.candidate AS c
    ON c.person_id = l.person_id AND c.programme = l.programme AND c.action = l.action
LEFT JOIN lists.at_door AS d
    ON d.person_id = l.person_id AND d.programme = l.programme AND d.action = l.action
ORDER BY l.town_file, l.community_file, d.part, d.door_number, l.person_id, l.position, l.programme
