-- changes.merged_line: list lines of the previous night under an id since merged into another. own: the
-- person's living id had a line of that programme, too.
-- grain: a person of tonight × programme; of several the one seen first
-- columns: person_key, person_id, programme, programme_name, action, rule, amount_monthly, effective_on, first_seen_on,
--   first_found_on, own
-- from: changes.former_id, identity.person, previous.candidate, previous.run
SELECT
    f.person_key,
    c.person_id,
    c.programme,
    c.programme_name,
    c.action,
    c.rule,
    c.amount_monthly,
    c.effective_on,
    coalesce(c.first_seen_on, r.as_of) AS first_seen_on,
    c.first_found_on,
    own.person_id IS NOT NULL AS own
FROM previous.candidate AS c
CROSS JOIN previous.run AS r
INNER JOIN changes.former_id AS f ON f.person_id = c.person_id
LEFT JOIN identity.person AS p ON p.person_key = f.person_key
LEFT JOIN previous.candidate AS own ON own.person_id = p.person_id AND own.programme = c.programme
QUALIFY row_number() OVER (
    PARTITION BY f.person_key, c.programme ORDER BY coalesce(c.first_seen_on, r.as_of), c.person_id
) = 1
