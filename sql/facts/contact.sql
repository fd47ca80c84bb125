-- facts.contact: the best address and phone of a person that departments have, each with its source and day. One row: a person with
-- at least one of them. A phone is one that can ring: a mobile number, or a fixed line with or without area code. What the
-- register says comes before anything that is not recent: facts.person puts them together.
-- From facts.contact_row.
WITH rated AS (
    SELECT
        person_key,
        trust_key,
        address IS NOT NULL AS has_address,
        regexp_matches(phone, '^(1[3-9][0-9]{9}|(0[0-9]{2,3})?[2-8][0-9]{6,7})$') AS has_phone,
        struct_pack(
            address := address, phone := phone, source := source, stated_on := stated_on, is_recent := is_recent
        ) AS said
    FROM facts.contact_row
)

SELECT
    person_key,
    arg_min(said, trust_key) FILTER (WHERE has_address) AS address,
    arg_min(said, trust_key) FILTER (WHERE has_phone) AS phone
FROM rated
GROUP BY person_key
