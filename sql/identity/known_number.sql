-- Valid numbers that the register knows beyond a person's first row, or that two persons share, with every
-- person who bears or bore one. One row of: number × person. From: identity.register_profile.
SELECT number_no, person_key, max(is_current) AS is_current
FROM (
    SELECT number_no, person_key, 1 AS is_current FROM identity.register_profile WHERE number_no IS NOT NULL
    UNION ALL
    SELECT former_number_no, person_key, 0 FROM identity.register_profile WHERE former_number_no IS NOT NULL
)
GROUP BY number_no, person_key
