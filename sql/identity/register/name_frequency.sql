-- How many register rows have a name. `rounded_count`: in steps of half an octave (1, 1.4, 2, 2.8 …): what a name's
-- rarity proves, so that one birth more or less does not move the weights of all who share the name.
-- grain: a name
-- columns: name_key, person_count, rounded_count
-- from: identity.register_profile
SELECT
    name_key,
    count(*) AS person_count,
    power(2.0, round($rarity_steps * log2(count(*))) / $rarity_steps) AS rounded_count
FROM identity.register_profile
WHERE name_key IS NOT NULL
GROUP BY name_key
