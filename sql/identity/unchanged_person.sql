-- Registered persons whose one row reads as her one row did last night: who they are needs no search.
-- One row of: person. From: identity.register_profile, last_night.register. The row is her only one, so it has her key.
SELECT
    n.born,
    min(r.person_key) AS person_key,
    min(r.content) AS content
FROM identity.register_profile r
JOIN last_night.register n ON r.content = n.content
WHERE r.alone AND n.alone
GROUP BY n.born
HAVING count(*) = 1
