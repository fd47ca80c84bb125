-- Whose each content of a register row is tonight: what the next night remembers of it.
-- One row of: content that one register row has. From: identity.register_profile, assigned_id.
SELECT
    r.content,
    min(a.born) AS born,
    bool_and(r.alone) AS alone,
    bool_and(r.doubtful) AS doubtful
FROM identity.register_profile r
JOIN identity.assigned_id a ON r.person_key = a.person_key
GROUP BY r.content
HAVING count(*) = 1
