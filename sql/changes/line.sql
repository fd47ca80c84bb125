-- changes.line: list lines that appeared, left, or have another action, amount or effective day than on the earlier
-- night. person_key NULL: a person who is no longer there.
-- grain: a person × programme; none where there is no previous night
-- columns: person_id, person_key, programme, programme_name, change, action_before, action, rule_before, rule,
--   amount_before, amount, effective_before, effective_on
-- from: changes.before, decisions.candidate, decisions.programme, identity.person, previous.run
SELECT
    coalesce(p.person_id, d.person_id_before) AS person_id,
    d.person_key,
    d.programme,
    coalesce(g.programme_name, d.programme_name) AS programme_name,
    CASE WHEN d.action_before IS NULL THEN 'appeared' WHEN d.action IS NULL THEN 'left' ELSE 'altered' END AS change,
    d.action_before,
    d.action,
    d.rule_before,
    d.rule,
    d.amount_before,
    d.amount,
    d.effective_before,
    d.effective_on
FROM (
    SELECT
        coalesce(c.person_key, b.person_key) AS person_key,
        coalesce(c.programme, b.programme) AS programme,
        b.person_id AS person_id_before,
        b.programme_name,
        b.action AS action_before,
        c.action,
        b.rule AS rule_before,
        c.rule,
        b.amount_monthly AS amount_before,
        c.amount_monthly AS amount,
        b.effective_on AS effective_before,
        c.effective_on
    FROM changes.before AS b
    FULL OUTER JOIN decisions.candidate AS c ON c.person_key = b.person_key AND c.programme = b.programme
    WHERE
        b.action IS DISTINCT FROM c.action
        OR b.amount_monthly IS DISTINCT FROM c.amount_monthly
        OR b.effective_on IS DISTINCT FROM c.effective_on
) AS d
CROSS JOIN previous.run AS r
LEFT JOIN identity.person AS p ON p.person_key = d.person_key
LEFT JOIN decisions.programme AS g ON g.programme = d.programme
