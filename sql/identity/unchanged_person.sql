-- Registered persons whose one row reads as her one row did last night. One row of: person.
-- From: identity.register_profile, last_night.register. `as_doubtful`: her number proves as much or as little as then.
SELECT
    n.born,
    min(r.person_key) AS person_key,
    bool_and(r.doubtful = n.doubtful) AS as_doubtful
FROM identity.register_profile r
JOIN last_night.register n ON r.content = n.content
WHERE r.alone AND n.alone
GROUP BY n.born
HAVING count(*) = 1
