-- Households to which a residual row points by somebody else whom it names: the spouse on a marriage row, the family of
-- a low-income roll, the holder of the number that stands on it, and that holder's spouse; or a spouse or guardian
-- whose name, without any number, is borne in the household of somebody of the row's own name. Collective households
-- (more than 20 registered) point at nobody.
-- grain: residual row × household × kind
-- columns: row_key, kind, household_no, companion_key, companion_birth
-- from: identity.bearer, identity.big_household, identity.number_link, identity.number_match,
--   identity.register_profile, identity.residual, identity.source_row
WITH marriage AS (
    SELECT h.person_key AS husband_key, w.person_key AS wife_key
    FROM identity.number_link h
    JOIN identity.number_link w ON h.row_key + 1 = w.row_key
    WHERE h.row_key BETWEEN 20000000000 AND 29999999999 AND h.row_key % 10 = 1
),
spouse AS (
    SELECT husband_key AS person_key, wife_key AS spouse_key FROM marriage
    UNION ALL
    SELECT wife_key, husband_key FROM marriage
),
big_family AS (
    SELECT household_no AS family_no
    FROM identity.source_row
    WHERE extract = 'hardship_roll' AND household_no IS NOT NULL
    GROUP BY household_no
    HAVING count(*) > $family_rows_max
),
common_name AS (
    SELECT name_key FROM identity.bearer WHERE holders > $common_name_people_max
),
pointed AS (
    SELECT s.row_key, l.person_key, 'spouse on the row' AS kind
    FROM identity.residual s
    JOIN identity.number_link l
        ON l.row_key = CASE WHEN s.row_key % 10 = 1 THEN s.row_key + 1 ELSE s.row_key - 1 END
    WHERE s.extract = 'marriage_register'
    UNION ALL
    SELECT s.row_key, l.person_key, 'family on the roll'
    FROM identity.residual s
    JOIN identity.source_row o ON s.family_no = o.household_no AND o.extract = 'hardship_roll'
    JOIN identity.number_link l ON o.row_key = l.row_key
    WHERE s.extract = 'hardship_roll' AND s.family_no NOT IN (SELECT family_no FROM big_family)
    UNION ALL
    SELECT s.row_key, m.person_key, 'holder of the number'
    FROM identity.residual s
    JOIN identity.number_match m ON s.row_key = m.row_key
    UNION ALL
    SELECT s.row_key, p.spouse_key, 'holder of the number'
    FROM identity.residual s
    JOIN identity.number_match m ON s.row_key = m.row_key
    JOIN spouse p ON m.person_key = p.person_key
)
SELECT p.row_key, p.kind, r.household_no, p.person_key AS companion_key, min(r.birth_date) AS companion_birth
FROM pointed p
JOIN identity.register_profile r ON p.person_key = r.person_key
WHERE r.household_no NOT IN (SELECT household_no FROM identity.big_household)
GROUP BY p.row_key, p.kind, r.household_no, p.person_key
UNION ALL
SELECT s.row_key, 'companion''s name', r.household_no, o.person_key, min(o.birth_date)
FROM identity.residual s
JOIN identity.register_profile r ON s.name_key = r.name_key
JOIN identity.register_profile o
    ON r.household_no = o.household_no AND s.companion_name_key = o.name_key AND r.person_key <> o.person_key
WHERE
    NOT s.taken
    AND s.companion_name_key IS NOT NULL
    AND s.name_key NOT IN (SELECT name_key FROM common_name)
    AND r.household_no NOT IN (SELECT household_no FROM identity.big_household)
GROUP BY s.row_key, r.household_no, o.person_key
