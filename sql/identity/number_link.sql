-- Rows that their own valid number and name tie to one registered person: the deterministic links.
-- One row of: source row. From: identity.number_match.
-- Not here, but compared by all evidence: names that disagree; a damaged name whose birth date disagrees too;
-- a number that two registered people bear when the name fits both equally.
WITH fit AS (
    SELECT
        row_key,
        person_key,
        is_current,
        name_level,
        coalesce(birth_agrees, TRUE) AS birth_fits,
        coalesce(sex_agrees, TRUE) AS sex_fits,
        row_number() OVER (
            PARTITION BY row_key ORDER BY name_level DESC, is_current DESC, person_key
        ) AS place,
        count(*) OVER (PARTITION BY row_key, name_level, is_current) AS equals
    FROM identity.number_match
    WHERE name_level >= 3
)
SELECT
    row_key,
    person_key,
    CASE WHEN birth_fits AND (sex_fits OR name_level = 6) THEN 'exact' ELSE 'strong' END AS grade,
    CASE WHEN is_current = 1 THEN 'number and name' ELSE 'former number and name' END AS method,
    name_level,
    birth_fits,
    sex_fits
FROM fit
WHERE
    place = 1
    AND equals = 1
    AND (
        (name_level = 6 AND (birth_fits OR is_current = 1))
        OR (name_level < 6 AND birth_fits AND sex_fits)
    )
