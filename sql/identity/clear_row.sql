-- How many rows of a context number and name tie to a person. One row of: context × person.
-- From: identity.row_context, number_link.
SELECT c.context, l.person_key, count(*) AS row_count
FROM identity.number_link l
JOIN identity.row_context c ON l.row_key = c.row_key
GROUP BY c.context, l.person_key
