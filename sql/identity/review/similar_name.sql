-- Names of rows with hardly more than a name, and names of the register that they may be a damaged form of, with how
-- far they agree. A table of its own, so that each pair is compared once.
-- grain: a name × register name
-- columns: name_key, registered_name, person_count, level
-- from: identity.name_frequency, identity.name_only_record
WITH damaged_name AS (
    SELECT DISTINCT name_only.name_key
    FROM identity.name_only_record AS name_only
    LEFT JOIN identity.name_frequency AS frequency ON name_only.name_key = frequency.name_key
    WHERE frequency.name_key IS NULL
),
alike AS (
    SELECT DISTINCT name_only.name_key, frequency.name_key AS registered_name, frequency.person_count
    FROM identity.name_only_record AS name_only
    JOIN identity.name_frequency AS frequency
        ON left(name_only.name_key, 1) = left(frequency.name_key, 1)
        AND right(name_only.name_key, 1) = right(frequency.name_key, 1)
    WHERE length(name_only.name_key) = 2 AND length(frequency.name_key) = 3
    UNION
    SELECT damaged_name.name_key, frequency.name_key AS registered_name, frequency.person_count
    FROM damaged_name
    JOIN identity.name_frequency AS frequency
        ON left(damaged_name.name_key, 1) = left(frequency.name_key, 1)
        AND right(damaged_name.name_key, 1) = right(frequency.name_key, 1)
    UNION
    SELECT damaged_name.name_key, frequency.name_key, frequency.person_count
    FROM damaged_name
    JOIN identity.name_frequency AS frequency ON left(damaged_name.name_key, 2) = left(frequency.name_key, 2)
    UNION
    SELECT damaged_name.name_key, frequency.name_key, frequency.person_count
    FROM damaged_name
    JOIN identity.name_frequency AS frequency ON right(damaged_name.name_key, 2) = right(frequency.name_key, 2)
    UNION
    SELECT damaged_name.name_key, frequency.name_key, frequency.person_count
    FROM damaged_name
    JOIN identity.name_frequency AS frequency
        ON left(damaged_name.name_key, 1) = left(frequency.name_key, 1) AND length(frequency.name_key) = 2
    WHERE length(damaged_name.name_key) = 2 OR substr(damaged_name.name_key, 2, 1) BETWEEN 'A' AND 'Z'
    UNION
    SELECT damaged_name.name_key, frequency.name_key, frequency.person_count
    FROM damaged_name
    JOIN identity.name_frequency AS frequency
        ON right(damaged_name.name_key, 1) = right(frequency.name_key, 1) AND length(frequency.name_key) = 2
    WHERE length(damaged_name.name_key) = 2
)
SELECT
    alike.name_key,
    alike.registered_name,
    alike.person_count,
    name_level(alike.name_key, alike.registered_name) AS level
FROM alike
