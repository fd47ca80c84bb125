-- How many register rows bear a name. One row of: name. From: identity.register_profile.
-- `bearers`: the count in steps of half an octave (1, 1.4, 2, 2.8 …): what a name's rarity proves, so that one birth more
-- or less in town does not move the weights of all who share the name.
SELECT
    name_key,
    count(*) AS holders,
    power(2.0, round($rarity_steps * log2(count(*))) / $rarity_steps) AS bearers
FROM identity.register_profile
WHERE name_key IS NOT NULL
GROUP BY name_key
