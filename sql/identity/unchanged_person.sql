-- Registered persons whose one row reads as her one row did last night. One row of: person.
-- From: identity.register_profile, last_night.register.
SELECT min(r.person_key) AS person_key, n.born
FROM identity.register_profile r
JOIN last_night.register n ON r.content = n.content
WHERE r.alone AND n.alone
GROUP BY n.born
HAVING count(*) = 1
