-- What each combination of levels weighs, as clerks read it, and its levels as numbers: the only place where levels
-- meet their weights. Few combinations are many pairs': each is weighed once. All that occur in `comparison`, those of
-- two register rows in doubt, and whatever number, name, birth date and sex alone can be. A level without a weight has
-- NULL, and fails the night (`unweighed_level`).
-- Written from outreach/identity/levels.py by `python -m outreach.identity.level_files`: not to be edited.
-- grain: a combination of levels
-- columns: number_level, name_level, birth_level, sex_level, phone_level, address_level, relation_level, number_weight,
--   name_weight, birth_weight, sex_weight, phone_weight, address_weight, relation_weight, number_label, name_label,
--   birth_label, sex_label, phone_label, address_label, relation_label, number_code, name_code, birth_code, sex_code,
--   phone_code, address_code, relation_code
-- from: identity.comparison, identity.name_grade, identity.register_doubt, identity.weight
WITH combination AS (
    SELECT DISTINCT number_level, name_level, birth_level, sex_level, phone_level, address_level, relation_level
    FROM identity.comparison
    UNION
    SELECT number_level, name_level, birth_level, sex_level, phone_level, address_level, 'none'
    FROM identity.register_doubt
    UNION
    SELECT number.level, name.level, birth.level, sex.level, 'missing', 'missing', 'none'
    FROM (VALUES ('equal'), ('former'), ('missing')) AS number (level)
    CROSS JOIN (
        SELECT level FROM identity.name_grade
        UNION ALL
        SELECT 'missing'
    ) AS name
    CROSS JOIN (VALUES ('in the number'), ('differs'), ('missing')) AS birth (level)
    CROSS JOIN (VALUES ('equal'), ('differs'), ('missing')) AS sex (level)
),
level_of AS (
    SELECT 'number' AS field, number_level AS level, combination.*
    FROM combination
    UNION ALL
    SELECT 'name' AS field, name_level AS level, combination.*
    FROM combination
    UNION ALL
    SELECT 'birth_date' AS field, birth_level AS level, combination.*
    FROM combination
    UNION ALL
    SELECT 'sex' AS field, sex_level AS level, combination.*
    FROM combination
    UNION ALL
    SELECT 'phone' AS field, phone_level AS level, combination.*
    FROM combination
    UNION ALL
    SELECT 'address' AS field, address_level AS level, combination.*
    FROM combination
    UNION ALL
    SELECT 'relation' AS field, relation_level AS level, combination.*
    FROM combination
)
SELECT
    level_of.number_level,
    level_of.name_level,
    level_of.birth_level,
    level_of.sex_level,
    level_of.phone_level,
    level_of.address_level,
    level_of.relation_level,
    max(weight.weight) FILTER (WHERE level_of.field = 'number') AS number_weight,
    max(weight.weight) FILTER (WHERE level_of.field = 'name') AS name_weight,
    max(weight.weight) FILTER (WHERE level_of.field = 'birth_date') AS birth_weight,
    max(weight.weight) FILTER (WHERE level_of.field = 'sex') AS sex_weight,
    max(weight.weight) FILTER (WHERE level_of.field = 'phone') AS phone_weight,
    max(weight.weight) FILTER (WHERE level_of.field = 'address') AS address_weight,
    max(weight.weight) FILTER (WHERE level_of.field = 'relation') AS relation_weight,
    max(weight.label) FILTER (WHERE level_of.field = 'number') AS number_label,
    max(weight.label) FILTER (WHERE level_of.field = 'name') AS name_label,
    max(weight.label) FILTER (WHERE level_of.field = 'birth_date') AS birth_label,
    max(weight.label) FILTER (WHERE level_of.field = 'sex') AS sex_label,
    max(weight.label) FILTER (WHERE level_of.field = 'phone') AS phone_label,
    max(weight.label) FILTER (WHERE level_of.field = 'address') AS address_label,
    max(weight.label) FILTER (WHERE level_of.field = 'relation') AS relation_label,
    max(weight.code) FILTER (WHERE level_of.field = 'number') AS number_code,
    max(weight.code) FILTER (WHERE level_of.field = 'name') AS name_code,
    max(weight.code) FILTER (WHERE level_of.field = 'birth_date') AS birth_code,
    max(weight.code) FILTER (WHERE level_of.field = 'sex') AS sex_code,
    max(weight.code) FILTER (WHERE level_of.field = 'phone') AS phone_code,
    max(weight.code) FILTER (WHERE level_of.field = 'address') AS address_code,
    max(weight.code) FILTER (WHERE level_of.field = 'relation') AS relation_code
FROM level_of
LEFT JOIN identity.weight ON level_of.field = weight.field AND level_of.level = weight.level
GROUP BY
    level_of.number_level,
    level_of.name_level,
    level_of.birth_level,
    level_of.sex_level,
    level_of.phone_level,
    level_of.address_level,
    level_of.relation_level
