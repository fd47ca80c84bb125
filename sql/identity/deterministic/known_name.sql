-- Names of persons that are not the register's: rows that their own number ties to them say so, and what one row of a
-- person says of her is lent to the others. The names are alike, or a clerk has said that the row is hers. Not names
-- with an unreadable character: they are many people's. `sharers`: how many persons are called so elsewhere.
-- grain: name × person
-- columns: name_key, person_key, sharers
-- from: identity.number_link, identity.register_profile, identity.unmatched
WITH told AS (
    SELECT DISTINCT u.name_key, l.person_key
    FROM identity.number_link l
    JOIN identity.unmatched u ON l.row_key = u.row_key
    WHERE ((l.name_level >= $alike_name AND l.name_level < $equal_name) OR l.method = 'clerk') AND regexp_matches(u.name_key, '^[一-鿿·]{2,}$')
)
SELECT t.name_key, t.person_key, count(*) OVER (PARTITION BY t.name_key) AS sharers
FROM told t
ANTI JOIN identity.register_profile r
    ON t.person_key = r.person_key AND (t.name_key = r.name_key OR t.name_key = r.former_name_key)
