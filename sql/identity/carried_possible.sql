-- Who else rows whose outcome stands may be about. One row of: residual row × person.
-- From: identity.carried_row, last_night.possible.
-- materialized: view
SELECT c.row_key, o.person_key, o.reason
FROM identity.carried_row c
JOIN last_night.possible o ON c.state = o.state
