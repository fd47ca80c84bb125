-- mart.identity_possible: rows that are linked to nobody, or not clearly, or are in quarantine, and could be a
-- person's: what a roll does not have about the person may be in one of them, so nothing is stopped for its absence.
-- grain: a person × such a source row × reason
-- columns: person_id, extract, row_number, role, reason
-- from: identity.person, identity.possible_link, identity.quarantined_link
SELECT
    p.person_id,
    q.extract,
    q.row_number,
    q.role,
    q.reason
FROM (
    SELECT person_key, extract, row_number, role, reason FROM identity.possible_link
    UNION ALL
    SELECT person_key, extract, row_number, '' AS role, reason FROM identity.quarantined_link
) AS q
INNER JOIN identity.person AS p ON p.person_key = q.person_key
