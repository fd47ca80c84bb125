-- Names that the register knows for a person, present and former. One row of: person × name.
-- From: identity.register_profile.
SELECT person_key, name_key, max(is_current) AS is_current
FROM (
    SELECT person_key, name_key, 1 AS is_current FROM identity.register_profile WHERE name_key IS NOT NULL
    UNION ALL
    SELECT person_key, former_name_key, 0 FROM identity.register_profile WHERE former_name_key IS NOT NULL
)
GROUP BY person_key, name_key
