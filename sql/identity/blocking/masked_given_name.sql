-- Rows of whose name only the surname is shown (王某某), with how many register rows have that surname, in steps of half
-- an octave like `name_frequency`.
-- grain: an unlinked record
-- columns: row_key, rounded_count
-- from: identity.name_frequency, identity.unlinked_record
WITH surname AS (
    SELECT
        left(name_key, 1) AS first_character,
        power(2.0, round($rarity_steps * log2(sum(person_count))) / $rarity_steps) AS rounded_count
    FROM identity.name_frequency
    GROUP BY left(name_key, 1)
)
SELECT record.row_key, surname.rounded_count
FROM identity.unlinked_record AS record
JOIN surname ON left(record.name_key, 1) = surname.first_character
WHERE regexp_matches(record.name_key, '^.[?*□■○〇◯×_#〓]+$')
