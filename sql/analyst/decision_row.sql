-- What the policy says, de-identified, in short form; the view analyst.decision spells it out.
-- One row: a person (random key) × programme that is eligible, unknown, or ineligible and being received.
-- From mart.decision, analyst.outcome, release_key.person.
SELECT
    key.key,
    decision.programme,
    decision.decision,
    decision.amount_monthly,
    decision.gives_way_to,
    outcome.outcome
FROM mart.decision AS decision
INNER JOIN release_key.person AS key ON key.person_id = decision.person_id
INNER JOIN analyst.outcome AS outcome
    ON outcome.programme = decision.programme
    AND outcome.conditions IS NOT DISTINCT FROM decision.conditions
    AND outcome.missing IS NOT DISTINCT FROM decision.missing
    AND outcome.policy_version IS NOT DISTINCT FROM decision.policy_version
    AND outcome.citation IS NOT DISTINCT FROM decision.citation
ORDER BY key.key
