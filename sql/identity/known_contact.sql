-- Phones and addresses of residual rows, with the registered persons who are known under them: by the register,
-- or by a row of any extract that is clearly theirs (one row of a person lends another its evidence).
-- One row of: phone or address × person. From: identity.residual, register_profile, source_row, number_link.
WITH asked AS (
    SELECT DISTINCT phone AS value FROM identity.residual WHERE phone IS NOT NULL
    UNION
    SELECT DISTINCT address FROM identity.residual WHERE address IS NOT NULL
),
lent AS (
    SELECT l.person_key, s.phone, replace(replace(s.address, ' ', ''), '　', '') AS address
    FROM identity.source_row s
    JOIN identity.number_link l ON s.row_key = l.row_key
    WHERE s.extract <> 'household_register' AND (s.phone IS NOT NULL OR s.address IS NOT NULL)
),
known AS (
    SELECT phone AS value, person_key FROM identity.register_profile WHERE phone IN (SELECT value FROM asked)
    UNION ALL
    SELECT address, person_key FROM identity.register_profile WHERE address IN (SELECT value FROM asked)
    UNION ALL
    SELECT other_address, person_key FROM identity.register_profile WHERE other_address IN (SELECT value FROM asked)
    UNION ALL
    SELECT phone, person_key FROM lent WHERE phone IN (SELECT value FROM asked)
    UNION ALL
    SELECT address, person_key FROM lent WHERE address IN (SELECT value FROM asked)
)
SELECT value, person_key, count(*) OVER (PARTITION BY value) AS sharers
FROM (SELECT DISTINCT value, person_key FROM known)
