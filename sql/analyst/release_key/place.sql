-- Where each person is, as far as it may be shown: the towns of groups that are too small are taken out one after the
-- other (`sql/analyst/town/few.sql`).
-- grain: a person (random key)
-- columns: key, town_code
-- from: mart.person, release_key.person
SELECT
    k.key,
    p.town_code
FROM mart.person AS p
INNER JOIN release_key.person AS k ON k.person_id = p.person_id
