-- Rows that their own valid number and name tie to one registered person: the deterministic links, made tonight or carried over.
-- One row of: source row. From: identity.live_link, carried_link.
-- materialized: view
SELECT row_key, person_key, grade, method, name_level, birth_agrees, sex_agrees
FROM identity.live_link
UNION ALL
SELECT row_key, person_key, 'exact', 'number and name', 6, birth_agrees, sex_agrees
FROM identity.carried_link
