-- Phones and addresses of unlinked records, with the registered people known under them: from the register, or from a
-- row of any extract that is clearly linked (one row of a person lends another its evidence). Few values are looked
-- for, so these are found first and their people then. `person_count`: how many people the value has.
-- grain: a phone or address × person
-- columns: value, person_key, person_count
-- from: identity.deterministic_link, identity.register_profile, identity.source_row, identity.unlinked_record
WITH wanted AS (
    SELECT DISTINCT phone AS value FROM identity.unlinked_record WHERE phone IS NOT NULL
    UNION
    SELECT DISTINCT address FROM identity.unlinked_record WHERE address IS NOT NULL
),
department AS (
    SELECT row_key, phone, address
    FROM identity.source_row
    WHERE extract <> 'household_register' AND (phone IS NOT NULL OR address IS NOT NULL)
),
department_contact AS (
    SELECT row_key, phone AS value FROM department WHERE phone IN (SELECT value FROM wanted)
    UNION ALL
    SELECT row_key, address FROM department WHERE address IN (SELECT value FROM wanted)
),
known AS (
    SELECT phone AS value, person_key FROM identity.register_profile WHERE phone IN (SELECT value FROM wanted)
    UNION ALL
    SELECT address, person_key FROM identity.register_profile WHERE address IN (SELECT value FROM wanted)
    UNION ALL
    SELECT other_address, person_key FROM identity.register_profile WHERE other_address IN (SELECT value FROM wanted)
    UNION ALL
    SELECT department_contact.value, link.person_key
    FROM department_contact
    JOIN identity.deterministic_link AS link ON department_contact.row_key = link.row_key
)
SELECT value, person_key, count(*) OVER (PARTITION BY value) AS person_count
FROM (SELECT DISTINCT value, person_key FROM known)
