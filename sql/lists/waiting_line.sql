-- The queue for a place in a public institution as the region reads it; every value is text.
-- grain: a person × programme that gives a place
-- columns: programme, programme_name, position, place, person_id, name, sex, age, id_number, phone, address, agreed_on,
--   reason_text
-- from: decisions.programme, lists.person, mart.waiting_list
SELECT
    w.programme,
    coalesce(g.programme_name, w.programme) AS programme_name,
    w.place AS position,
    CAST(w.place AS VARCHAR) AS place,
    w.person_id,
    p.name,
    p.sex,
    p.age,
    p.id_number,
    p.phone,
    p.address,
    CAST(w.agreed_on AS VARCHAR) AS agreed_on,
    w.reason_text
FROM mart.waiting_list AS w
INNER JOIN lists.person AS p ON p.person_id = w.person_id
LEFT JOIN decisions.programme AS g ON g.programme = w.programme
