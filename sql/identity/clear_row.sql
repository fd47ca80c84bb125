-- How many rows of a context, and of the whole roll, number and name tie to a person. One row of: context × person.
-- From: identity.row_context. A view: only learning reads it whole.
-- materialized: view
SELECT context, roll, person_key, count(*) AS row_count, sum(count(*)) OVER (PARTITION BY roll, person_key) AS roll_rows
FROM identity.row_context
WHERE person_key IS NOT NULL
GROUP BY context, roll, person_key
