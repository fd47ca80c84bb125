-- mart.identity_possible: rows that are linked to nobody, or not clearly, and could be a person's: what a roll does not say of her may
-- stand in one of them, so nothing is stopped for its absence. One row: a person × such a source row × reason.
-- From identity.possible, identity.person.
SELECT
    p.person_id,
    q.extract,
    q.row_number,
    q.role,
    q.reason
FROM identity.possible AS q
INNER JOIN identity.person AS p ON p.person_key = q.person_key
