-- mart.change: list lines that are not as they were on the last published night before this date, and why that is
-- to.
-- grain: a person × programme
-- columns: person_id, programme, programme_name, change, action_before, action, amount_before, amount,
--   effective_before, effective_on, cause, causes, cause_text, compared_with, compared_run
-- from: changes.cause, changes.line, changes.night
SELECT
    l.person_id,
    l.programme,
    l.programme_name,
    l.change,
    l.action_before,
    l.action,
    l.amount_before,
    l.amount,
    l.effective_before,
    l.effective_on,
    c.cause,
    c.causes,
    c.text AS cause_text,
    n.as_of AS compared_with,
    n.run_id AS compared_run
FROM changes.line AS l
INNER JOIN changes.cause AS c ON c.person_id = l.person_id AND c.programme = l.programme
CROSS JOIN changes.night AS n
