-- Phones and addresses of residual rows, with the registered persons who are known under them: by the register, or by a
-- row of any extract that is clearly theirs (one row of a person lends another its evidence). Few of all rows say what
-- is asked, so those are found first, and whose they are then.
-- grain: phone or address × person
-- columns: value, person_key, sharers
-- from: identity.number_link, identity.register_profile, identity.residual, identity.source_row
WITH asked AS (
    SELECT DISTINCT phone AS value FROM identity.residual WHERE phone IS NOT NULL
    UNION
    SELECT DISTINCT address FROM identity.residual WHERE address IS NOT NULL
),
department AS (
    SELECT row_key, phone, address
    FROM identity.source_row
    WHERE extract <> 'household_register' AND (phone IS NOT NULL OR address IS NOT NULL)
),
lent AS (
    SELECT row_key, phone AS value FROM department WHERE phone IN (SELECT value FROM asked)
    UNION ALL
    SELECT row_key, address FROM department WHERE address IN (SELECT value FROM asked)
),
known AS (
    SELECT phone AS value, person_key FROM identity.register_profile WHERE phone IN (SELECT value FROM asked)
    UNION ALL
    SELECT address, person_key FROM identity.register_profile WHERE address IN (SELECT value FROM asked)
    UNION ALL
    SELECT other_address, person_key FROM identity.register_profile WHERE other_address IN (SELECT value FROM asked)
    UNION ALL
    SELECT n.value, l.person_key FROM lent n JOIN identity.number_link l ON n.row_key = l.row_key
)
SELECT value, person_key, count(*) OVER (PARTITION BY value) AS sharers
FROM (SELECT DISTINCT value, person_key FROM known)
