-- How far a row's name agrees with names that other rows of the candidate have (`alternate_name`). `grade`: 8 for the
-- same name, else as `name_level` of the functions.
-- grain: an unlinked record × person
-- columns: row_key, person_key, grade
-- from: identity.alternate_name, identity.candidate_pair, identity.unlinked_record
SELECT
    pair.row_key,
    pair.person_key,
    max(
        CASE WHEN record.name_key = alternate.name_key THEN 8 ELSE name_level(record.name_key, alternate.name_key) END
    ) AS grade
FROM (SELECT DISTINCT row_key, person_key FROM identity.candidate_pair) AS pair
JOIN identity.alternate_name AS alternate ON pair.person_key = alternate.person_key
JOIN identity.unlinked_record AS record ON pair.row_key = record.row_key
WHERE record.name_key IS NOT NULL
GROUP BY pair.row_key, pair.person_key
