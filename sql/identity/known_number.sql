-- Valid numbers that the register knows, with every person who bears or bore one.
-- One row of: number × person. From: identity.register_profile,
-- stopgap_number. A number of more than 20 persons is a stopgap.
WITH known AS (
    SELECT number_no, person_key, 1 AS is_current FROM identity.register_profile WHERE number_no IS NOT NULL
    UNION ALL
    SELECT former_number_no, person_key, 0 FROM identity.register_profile WHERE former_number_no IS NOT NULL
)
SELECT number_no, person_key, max(is_current) AS is_current
FROM known
WHERE number_no NOT IN (SELECT number_no FROM identity.stopgap_number)
GROUP BY number_no, person_key
