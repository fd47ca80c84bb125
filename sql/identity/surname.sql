-- How many register rows bear a surname (the first character), in steps of half an octave, as bearers of names are counted.
-- One row of: first character of names. From: identity.bearer.
SELECT left(name_key, 1) AS first_character, power(2.0, round(2 * log2(sum(holders))) / 2) AS bearers
FROM identity.bearer
GROUP BY left(name_key, 1)
