-- Who waits for a place, of the areas $area, in the order of the whole region's queue.
-- grain: a person × programme that gives a place
-- columns: programme, programme_name, place, person_id, name, sex, age, phone, address, agreed_on, reason_text
-- from: lists.waiting_line, mart.person
SELECT
    w.programme,
    w.programme_name,
    w.place,
    w.person_id,
    w.name,
    w.sex,
    w.age,
    w.phone,
    w.address,
    w.agreed_on,
    w.reason_text
FROM lists.waiting_line AS w
INNER JOIN mart.person AS p ON p.person_id = w.person_id
WHERE regexp_matches(coalesce(p.area_code, ''), $area)
ORDER BY w.programme, w.position
