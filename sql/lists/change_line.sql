-- What the bureau reads of a line that is not as it was on the published night before; every value is text, the
-- identity number is masked as on the lists (lists.line). Who is in no row tonight is shown as on that night.
-- grain: a changed line (person × programme)
-- columns: town_file, programme, programme_name, change, action_before, action, cause, cause_text, name, sex, age,
--   id_number, amount_before, amount, effective_before, effective_on, person_id, compared_with
-- from: changes.gone, lists.action, mart.change, mart.person, run.word
SELECT
    CASE WHEN regexp_matches(d.town_code, '^[0-9]{9}$') THEN d.town_code ELSE 'unassigned' END AS town_file,
    d.programme,
    d.programme_name,
    d.change,
    b.action_name AS action_before,
    a.action_name AS action,
    d.cause,
    d.cause_text,
    d.name,
    s.chinese AS sex,
    CAST(d.age AS VARCHAR) AS age,
    CASE
        WHEN length(d.id_number) >= 15
            THEN concat(
                substr(d.id_number, 1, 6),
                repeat('*', CAST(length(d.id_number) - 10 AS INTEGER)),
                right(d.id_number, 4)
            )
        ELSE repeat('*', CAST(length(d.id_number) AS INTEGER))
    END AS id_number,
    CAST(d.amount_before AS VARCHAR) AS amount_before,
    CAST(d.amount AS VARCHAR) AS amount,
    CAST(d.effective_before AS VARCHAR) AS effective_before,
    CAST(d.effective_on AS VARCHAR) AS effective_on,
    d.person_id,
    CAST(d.compared_with AS VARCHAR) AS compared_with
FROM (
    SELECT
        c.*,
        coalesce(p.name, g.name) AS name,
        coalesce(p.sex, g.sex) AS sex,
        coalesce(p.age, g.age) AS age,
        coalesce(p.id_number, g.id_number) AS id_number,
        coalesce(p.town_code, g.town_code) AS town_code
    FROM mart.change AS c
    LEFT JOIN mart.person AS p ON p.person_id = c.person_id
    LEFT JOIN changes.gone AS g ON g.person_id = c.person_id
) AS d
LEFT JOIN lists.action AS b ON b.action = d.action_before
LEFT JOIN lists.action AS a ON a.action = d.action
LEFT JOIN run.word AS s ON s.list = 'sex' AND s.code = d.sex
ORDER BY town_file, d.programme, d.cause, d.change, d.person_id
