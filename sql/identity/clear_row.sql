-- How many rows of a context number and name tie to a person. One row of: context × person.
-- From: identity.row_context. A view: only learning reads it whole.
-- materialized: view
SELECT context, person_key, count(*) AS row_count
FROM identity.row_context
WHERE person_key IS NOT NULL
GROUP BY context, person_key
