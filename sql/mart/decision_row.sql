-- mart.decision_row: decisions in short form; mart.decision spells them out.
-- grain: a person × programme that is eligible, unknown, or ineligible and being received
-- columns: person_id, programme, pattern, decision, amount_monthly, gives_way_to, why_not
-- from: decisions.decision, identity.person
SELECT
    p.person_id,
    d.programme,
    d.pattern,
    d.decision,
    d.amount_monthly,
    d.gives_way_to,
    d.why_not
FROM decisions.decision AS d
INNER JOIN identity.person AS p ON p.person_key = d.person_key
