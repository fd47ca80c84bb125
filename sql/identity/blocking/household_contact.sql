-- Phones and addresses of unlinked records, with the households of the people known under them: the phone on an elder's
-- row is often a son's. Not collective households.
-- grain: a phone or address × household
-- columns: value, household_no, person_count
-- from: identity.collective_household, identity.known_contact, identity.register_profile
SELECT contact.value, registered.household_no, max(contact.person_count) AS person_count
FROM identity.known_contact AS contact
JOIN identity.register_profile AS registered ON contact.person_key = registered.person_key
WHERE
    contact.person_count <= $household_contact_people_max
    AND registered.household_no IS NOT NULL
    AND registered.household_no NOT IN (SELECT household_no FROM identity.collective_household)
GROUP BY contact.value, registered.household_no
