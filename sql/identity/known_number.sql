-- Valid numbers that the register knows, with every person who bears or bore one.
-- One row of: number × person. From: identity.register_profile. `current`: it stands in 公民身份号码.
SELECT id_number18, person_key, max(is_current) AS is_current
FROM (
    SELECT id_number18, person_key, 1 AS is_current FROM identity.register_profile WHERE id_number18 IS NOT NULL
    UNION ALL
    SELECT former_id_number18, person_key, 0 FROM identity.register_profile WHERE former_id_number18 IS NOT NULL
)
GROUP BY id_number18, person_key
