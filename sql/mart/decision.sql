-- mart.decision: what the policy says of a person. One row: a person × programme that is eligible, unknown, or ineligible and
-- being received, with every condition's own value and what is missing.
-- From decisions.decision, decisions.programme, identity.person.
SELECT
    p.person_id,
    d.programme,
    d.decision,
    d.amount_monthly,
    d.conditions,
    d.missing,
    d.gives_way_to,
    d.why_not,
    g.policy_version,
    g.citation
FROM decisions.decision AS d
INNER JOIN identity.person AS p ON p.person_key = d.person_key
LEFT JOIN decisions.programme AS g ON g.programme = d.programme
