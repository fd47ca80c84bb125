-- Persons of whom other rows than the register's say another name tonight than last night, or one more, or one less.
-- One row of: person. From: identity.known_name, last_night.known_name.
WITH tonight AS (
    SELECT name_key, person_key FROM identity.known_name
)
SELECT person_key
FROM (
    SELECT t.person_key
    FROM tonight t
    ANTI JOIN last_night.known_name b ON t.person_key = b.person_key AND t.name_key = b.name_key
    UNION ALL
    SELECT b.person_key
    FROM last_night.known_name b
    ANTI JOIN tonight t ON t.person_key = b.person_key AND t.name_key = b.name_key
)
GROUP BY person_key
