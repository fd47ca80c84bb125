-- Levels that occur and have no weight: none. A pair at such a level could be given no person in silence; the night
-- fails instead, and names field and level (`outreach.identity.weights.require_weights`).
-- Written from outreach/identity/levels.py by `python -m outreach.identity.level_files`: not to be edited.
-- grain: a field × level without a weight
-- columns: field, level
-- from: identity.level_pattern
SELECT 'number' AS field, number_level AS level
FROM identity.level_pattern
WHERE number_weight IS NULL
UNION
SELECT 'name' AS field, name_level AS level
FROM identity.level_pattern
WHERE name_weight IS NULL
UNION
SELECT 'birth_date' AS field, birth_level AS level
FROM identity.level_pattern
WHERE birth_weight IS NULL
UNION
SELECT 'sex' AS field, sex_level AS level
FROM identity.level_pattern
WHERE sex_weight IS NULL
UNION
SELECT 'phone' AS field, phone_level AS level
FROM identity.level_pattern
WHERE phone_weight IS NULL
UNION
SELECT 'address' AS field, address_level AS level
FROM identity.level_pattern
WHERE address_weight IS NULL
UNION
SELECT 'relation' AS field, relation_level AS level
FROM identity.level_pattern
WHERE relation_weight IS NULL
