-- changes.before: the list lines of the previous night, under tonight's persons. first_seen_on: since which night the
-- line has been so without a break; a previous release without that day counts from its own date. Where two ids
-- became one, the living id's line counts, and the clock of the older. first_found_on: as mart.candidate has it.
-- person_key NULL: nobody of tonight has the id.
-- grain: a person × programme
-- columns: person_key, person_id, programme, programme_name, action, rule, amount_monthly, effective_on, first_seen_on,
--   first_found_on
-- from: changes.former_id, changes.merged_line, identity.person, previous.candidate, previous.run
SELECT
    p.person_key,
    c.person_id,
    c.programme,
    c.programme_name,
    c.action,
    c.rule,
    c.amount_monthly,
    c.effective_on,
    least(coalesce(c.first_seen_on, r.as_of), m.first_seen_on) AS first_seen_on,
    least(c.first_found_on, m.first_found_on) AS first_found_on
FROM previous.candidate AS c
CROSS JOIN previous.run AS r
LEFT JOIN identity.person AS p ON p.person_id = c.person_id
LEFT JOIN changes.former_id AS f ON f.person_id = c.person_id
LEFT JOIN changes.merged_line AS m
    ON m.person_key = p.person_key AND m.programme = c.programme AND m.action = c.action
WHERE f.person_id IS NULL
UNION ALL
SELECT
    m.person_key,
    m.person_id,
    m.programme,
    m.programme_name,
    m.action,
    m.rule,
    m.amount_monthly,
    m.effective_on,
    m.first_seen_on,
    m.first_found_on
FROM changes.merged_line AS m
WHERE NOT m.own
