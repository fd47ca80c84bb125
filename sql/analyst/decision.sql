-- What the policy says, de-identified. One row: a person (random key) × programme that is eligible, unknown, or
-- ineligible and being received, with each condition's value and what is missing.
-- From mart.decision, release_key.person.
SELECT
    key.key,
    decision.programme,
    decision.decision,
    decision.amount_monthly,
    decision.conditions,
    decision.missing,
    decision.gives_way_to,
    decision.policy_version,
    decision.citation
FROM mart.decision AS decision
INNER JOIN release_key.person AS key ON key.person_id = decision.person_id
ORDER BY key.key, decision.programme
