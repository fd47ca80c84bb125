-- Registered persons whose one row reads as the person's one row did on the last night remembered: the id needs no
-- search.
-- grain: an id (`born`)
-- columns: born, person_key
-- from: identity.register_profile, registry.fingerprint
SELECT
    remembered.born,
    min(registered.person_key) AS person_key
FROM identity.register_profile AS registered
JOIN registry.fingerprint AS remembered ON registered.content = remembered.content
WHERE registered.alone AND remembered.alone AND remembered.night = (SELECT max(night) FROM registry.fingerprint)
GROUP BY remembered.born
HAVING count(*) = 1
