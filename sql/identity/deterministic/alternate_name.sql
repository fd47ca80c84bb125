-- Names of a person that the register does not have, from rows that the person's own number links: what one row says is
-- used for the person's other rows. The names are alike, or a clerk has confirmed the row. Not names with an unreadable
-- character: many people have them. `person_count`: how many people have the name in other extracts.
-- grain: a name × person
-- columns: name_key, person_key, person_count
-- from: identity.deterministic_link, identity.register_profile, identity.unmatched
WITH own_name AS (
    SELECT DISTINCT record.name_key, link.person_key
    FROM identity.deterministic_link AS link
    JOIN identity.unmatched AS record ON link.row_key = record.row_key
    WHERE
        ((link.name_level >= $alike_name AND link.name_level < $equal_name) OR link.method = 'clerk')
        AND regexp_matches(record.name_key, '^[一-鿿·]{2,}$')
)
SELECT own_name.name_key, own_name.person_key, count(*) OVER (PARTITION BY own_name.name_key) AS person_count
FROM own_name
ANTI JOIN identity.register_profile AS registered
    ON own_name.person_key = registered.person_key
    AND (own_name.name_key = registered.name_key OR own_name.name_key = registered.former_name_key)
