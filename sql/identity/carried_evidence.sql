-- Why rows whose outcome stands are linked or proposed. One row of: residual row with a person.
-- From: identity.carried_row, last_night.evidence.
-- materialized: view
SELECT c.row_key, o.person_key, o.register_key, o.prior_weight, o.weight, o.probability, o.comparison, o.words
FROM identity.carried_row c
JOIN last_night.evidence o ON c.state = o.state
