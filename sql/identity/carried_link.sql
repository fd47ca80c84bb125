-- Links by number and name that stand as they stood last night. One row of: source row. From: identity.row_link.
-- materialized: view
SELECT row_key, content, person_key, birth_agrees, sex_agrees
FROM identity.row_link
WHERE stands
