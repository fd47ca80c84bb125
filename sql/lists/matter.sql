-- The walking list: one line a matter, under the door at which the person is found. The address leaves out the town and
-- the community that the list is of. A view: its long texts are those of the lines, and each list is read once.
-- grain: a matter to be done: person × programme
-- columns: town_file, community_file, part, door_number, address, name, sex, age, age_years, id_number, phone, to_do,
--   need_text, due_by_text, reason, amount, last_contact, action, programme, programme_name, ground, position,
--   person_id
-- from: lists.at_door, lists.line
-- materialized: view
SELECT
    l.town_file,
    l.community_file,
    p.part,
    p.door_number,
    coalesce(nullif(replace(p.at_address, concat(l.town_name, l.community_name), ''), ''), p.at_address) AS address,
    l.name,
    l.sex,
    l.age,
    TRY_CAST(l.age AS INTEGER) AS age_years,
    l.id_number,
    l.phone,
    concat(l.action_name, '：', l.programme_name) AS to_do,
    l.need_text,
    l.due_by_text,
    concat_ws(
        chr(10),
        '限期' || l.due_by_text,
        concat_ws(
            '；',
            CASE
                WHEN l.action = 'upcoming' AND NOT contains(coalesce(l.short_reason, ''), l.effective_on_text)
                    THEN concat(l.effective_on_text, '起符合')
            END,
            l.short_reason,
            l.hint
        )
    ) AS reason,
    l.money_text AS amount,
    l.last_contact,
    l.action,
    l.programme,
    l.programme_name,
    l.ground,
    l.position,
    l.person_id
FROM lists.line AS l
INNER JOIN lists.at_door AS p
    ON p.person_id = l.person_id
    AND p.programme = l.programme
    AND p.action = l.action
    AND p.town_file = l.town_file
