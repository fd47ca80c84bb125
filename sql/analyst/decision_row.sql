-- What the policy says, de-identified, in short form; the view analyst.decision spells it out.
-- One row: a person (random key) × programme that is eligible, unknown, or ineligible and being received.
-- From mart.decision_row, release_key.outcome, release_key.person.
SELECT
    key.key,
    decision.programme,
    decision.decision,
    decision.amount_monthly,
    decision.gives_way_to,
    outcome.outcome
FROM mart.decision_row AS decision
INNER JOIN release_key.person AS key ON key.person_id = decision.person_id
INNER JOIN release_key.outcome AS outcome
    ON outcome.programme = decision.programme AND outcome.pattern = decision.pattern
ORDER BY key.key
