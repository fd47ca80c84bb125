-- Rows of whose name only the surname is told (王某某), with how many register rows bear it, in steps of half an octave,
-- as bearers of names are counted.
-- grain: residual row
-- columns: row_key, bearers
-- from: identity.bearer, identity.residual
WITH surname AS (
    SELECT left(name_key, 1) AS first_character, power(2.0, round($rarity_steps * log2(sum(holders))) / $rarity_steps) AS bearers
    FROM identity.bearer
    GROUP BY left(name_key, 1)
)
SELECT s.row_key, f.bearers
FROM identity.residual s
JOIN surname f ON left(s.name_key, 1) = f.first_character
WHERE regexp_matches(s.name_key, '^.[?*□■○〇◯×_#〓]+$')
