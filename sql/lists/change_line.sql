-- What the bureau reads of a line that is not as it was on the published night before; every value is text,
-- the person as on all lists.
-- grain: a changed line (person × programme)
-- columns: town_file, programme, programme_name, change, action_before, action, cause, cause_text, name, sex, age,
--   id_number, amount_before, amount, effective_before, effective_on, person_id, compared_with
-- from: lists.action, lists.person, mart.change
SELECT
    coalesce(p.town_file, 'unassigned') AS town_file,
    c.programme,
    c.programme_name,
    c.change,
    b.action_name AS action_before,
    a.action_name AS action,
    c.cause,
    c.cause_text,
    p.name,
    p.sex,
    p.age,
    p.id_number,
    CAST(c.amount_before AS VARCHAR) AS amount_before,
    CAST(c.amount AS VARCHAR) AS amount,
    CAST(c.effective_before AS VARCHAR) AS effective_before,
    CAST(c.effective_on AS VARCHAR) AS effective_on,
    c.person_id,
    CAST(c.compared_with AS VARCHAR) AS compared_with
FROM mart.change AS c
LEFT JOIN lists.person AS p ON p.person_id = c.person_id
LEFT JOIN lists.action AS b ON b.action = c.action_before
LEFT JOIN lists.action AS a ON a.action = c.action
ORDER BY town_file, c.programme, c.cause, c.change, c.person_id
