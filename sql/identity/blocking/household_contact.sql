-- Phones and addresses of residual rows, with the households of which somebody is known under them: an elder's row
-- often holds her son's phone. Collective households (more than 20 registered) tell nothing.
-- grain: phone or address × household
-- columns: value, household_no, sharers
-- from: identity.big_household, identity.known_contact, identity.register_profile
SELECT k.value, r.household_no, max(k.sharers) AS sharers
FROM identity.known_contact k
JOIN identity.register_profile r ON k.person_key = r.person_key
WHERE
    k.sharers <= $household_contact_people_max
    AND r.household_no IS NOT NULL
    AND r.household_no NOT IN (SELECT household_no FROM identity.big_household)
GROUP BY k.value, r.household_no
