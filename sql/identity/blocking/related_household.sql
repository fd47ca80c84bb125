-- Households to which an unlinked record leads by somebody else whom it names: the spouse on a marriage row, the family
-- on the low-income roll, the holder of the number on the row and that holder's spouse; or a spouse or guardian whose
-- name, without a number, occurs in the household of somebody of the row's own name. Not collective households.
-- grain: an unlinked record × household × kind
-- columns: row_key, kind, household_no, related_key, related_birth_date
-- from: identity.collective_household, identity.deterministic_link, identity.name_frequency, identity.number_match,
--   identity.register_profile, identity.source_row, identity.unlinked_record
WITH marriage AS (
    SELECT husband.person_key AS husband_key, wife.person_key AS wife_key
    FROM identity.deterministic_link AS husband
    JOIN identity.deterministic_link AS wife ON husband.row_key + 1 = wife.row_key
    WHERE husband.row_key BETWEEN 20000000000 AND 29999999999 AND husband.row_key % 10 = 1
),
spouse AS (
    SELECT husband_key AS person_key, wife_key AS spouse_key FROM marriage
    UNION ALL
    SELECT wife_key, husband_key FROM marriage
),
collective_family AS (
    SELECT household_no AS family_no
    FROM identity.source_row
    WHERE extract = 'hardship_roll' AND household_no IS NOT NULL
    GROUP BY household_no
    HAVING count(*) > $family_rows_max
),
common_name AS (
    SELECT name_key FROM identity.name_frequency WHERE person_count > $common_name_people_max
),
related AS (
    SELECT record.row_key, link.person_key, 'spouse on the row' AS kind
    FROM identity.unlinked_record AS record
    JOIN identity.deterministic_link AS link
        ON link.row_key = CASE WHEN record.row_key % 10 = 1 THEN record.row_key + 1 ELSE record.row_key - 1 END
    WHERE record.extract = 'marriage_register'
    UNION ALL
    SELECT record.row_key, link.person_key, 'family on the roll'
    FROM identity.unlinked_record AS record
    JOIN identity.source_row AS source ON record.family_no = source.household_no AND source.extract = 'hardship_roll'
    JOIN identity.deterministic_link AS link ON source.row_key = link.row_key
    WHERE record.extract = 'hardship_roll' AND record.family_no NOT IN (SELECT family_no FROM collective_family)
    UNION ALL
    SELECT record.row_key, holder.person_key, 'holder of the number'
    FROM identity.unlinked_record AS record
    JOIN identity.number_match AS holder ON record.row_key = holder.row_key
    UNION ALL
    SELECT record.row_key, spouse.spouse_key, 'holder of the number'
    FROM identity.unlinked_record AS record
    JOIN identity.number_match AS holder ON record.row_key = holder.row_key
    JOIN spouse ON holder.person_key = spouse.person_key
)
SELECT
    related.row_key,
    related.kind,
    registered.household_no,
    related.person_key AS related_key,
    min(registered.birth_date) AS related_birth_date
FROM related
JOIN identity.register_profile AS registered ON related.person_key = registered.person_key
WHERE registered.household_no NOT IN (SELECT household_no FROM identity.collective_household)
GROUP BY related.row_key, related.kind, registered.household_no, related.person_key
UNION ALL
SELECT record.row_key, 'companion''s name', registered.household_no, other.person_key, min(other.birth_date)
FROM identity.unlinked_record AS record
JOIN identity.register_profile AS registered ON record.name_key = registered.name_key
JOIN identity.register_profile AS other
    ON registered.household_no = other.household_no
    AND record.companion_name_key = other.name_key
    AND registered.person_key <> other.person_key
WHERE
    NOT record.other_persons_number
    AND record.companion_name_key IS NOT NULL
    AND record.name_key NOT IN (SELECT name_key FROM common_name)
    AND registered.household_no NOT IN (SELECT household_no FROM identity.collective_household)
GROUP BY record.row_key, registered.household_no, other.person_key
