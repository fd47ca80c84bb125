-- facts.contact: the best address and phone of a person that departments have, each with its source and day. A phone is
-- one that can ring: a mobile number, or a fixed line with or without area code. The register comes before
-- anything that is not recent: facts.person puts them together. The texts are fetched for the best rows only, by their
-- trust_key, which no two rows share.
-- grain: a person with at least one of them
-- columns: person_key, address, phone
-- from: facts.contact_row
WITH best AS (
    SELECT
        person_key,
        min(trust_key) FILTER (WHERE address IS NOT NULL) AS address_key,
        min(trust_key) FILTER (
            WHERE regexp_matches(phone, '^(1[3-9][0-9]{9}|(0[0-9]{2,3})?[2-8][0-9]{6,7})$')
        ) AS phone_key
    FROM facts.contact_row
    GROUP BY person_key
),

contact AS (
    SELECT
        trust_key,
        struct_pack(
            address := address, phone := phone, source := source, stated_on := stated_on, is_recent := is_recent
        ) AS whole
    FROM facts.contact_row
)

SELECT b.person_key, a.whole AS address, p.whole AS phone
FROM best AS b
LEFT JOIN contact AS a ON a.trust_key = b.address_key
LEFT JOIN contact AS p ON p.trust_key = b.phone_key
