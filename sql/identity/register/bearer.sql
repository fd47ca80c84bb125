-- How many register rows bear a name. `bearers`: the count in steps of half an octave (1, 1.4, 2, 2.8 …): what a name's
-- rarity proves, so that one birth more or less in town does not move the weights of all who share the name.
-- grain: name
-- columns: name_key, holders, bearers
-- from: identity.register_profile
SELECT
    name_key,
    count(*) AS holders,
    power(2.0, round($rarity_steps * log2(count(*))) / $rarity_steps) AS bearers
FROM identity.register_profile
WHERE name_key IS NOT NULL
GROUP BY name_key
