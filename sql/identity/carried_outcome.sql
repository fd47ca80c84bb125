-- What became of residual rows whose outcome stands. One row of: residual row.
-- From: identity.carried_row, last_night.outcome.
-- materialized: view
SELECT c.row_key, o.person_key, o.grade, o.probability, o.method, o.number_level, o.name_level, o.birth_level
FROM identity.carried_row c
JOIN last_night.outcome o ON c.state = o.state
