-- Phones and addresses of residual rows, with the households of which somebody is known under them: an elder's row
-- often holds her son's phone. Collective households (more than 20 registered) tell nothing.
-- One row of: phone or address × household. From: identity.known_contact, register_profile.
WITH small AS (
    SELECT household_no
    FROM identity.register_profile
    WHERE household_no IS NOT NULL
    GROUP BY household_no
    HAVING count(*) <= 20
)
SELECT k.value, r.household_no, max(k.sharers) AS sharers
FROM identity.known_contact k
JOIN identity.register_profile r ON k.person_key = r.person_key
JOIN small m ON r.household_no = m.household_no
WHERE k.sharers <= 30
GROUP BY k.value, r.household_no
