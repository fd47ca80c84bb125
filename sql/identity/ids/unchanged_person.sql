-- Registered persons whose one row reads as the person's one row did last night: the id needs no search.
-- grain: id (`born`)
-- columns: born, person_key
-- from: identity.register_profile, registry.fingerprint
SELECT
    f.born,
    min(r.person_key) AS person_key
FROM identity.register_profile r
JOIN registry.fingerprint f ON r.content = f.content
WHERE r.alone AND f.alone AND f.night = (SELECT max(night) FROM registry.fingerprint)
GROUP BY f.born
HAVING count(*) = 1
