-- Registered persons whose one row reads as her one row did last night: who they are needs no search.
-- One row of: person. From: identity.register_profile, last_night.register, last_night.person. Her one row has her key.
SELECT
    p.born,
    min(r.person_key) AS person_key
FROM identity.register_profile r
JOIN last_night.register n ON r.content = n.content
JOIN last_night.person p ON n.person_key = p.person_key
WHERE r.alone AND n.alone
GROUP BY p.born
HAVING count(*) = 1
