-- What number and name (or a clerk, or a published id) prove for the links made by them: fields, levels and weights. A
-- rare name proves more than the general weight here; these links are in no doubt.
-- grain: a pattern of identity.link
-- columns: pattern, label, prior_weight, weight, comparison
-- from: identity.link, identity.name_grade, identity.register_size, identity.weight
WITH levels AS (
    SELECT DISTINCT
        pattern,
        CASE pattern // 1000 WHEN 1 THEN 'equal' WHEN 2 THEN 'former' ELSE 'missing' END AS number_level,
        CASE WHEN pattern // 1000 = 4 THEN 'missing' ELSE name_grade.level END AS name_level,
        CASE pattern // 10 % 10
            WHEN 1 THEN 'in the number'
            WHEN 2 THEN 'differs'
            ELSE 'missing'
        END AS birth_level,
        CASE pattern % 10 WHEN 1 THEN 'equal' WHEN 2 THEN 'differs' ELSE 'missing' END AS sex_level
    FROM identity.link
    JOIN identity.name_grade ON link.pattern // 100 % 10 = name_grade.grade
    WHERE pattern IS NOT NULL
),
population AS (
    SELECT log2(people) AS size FROM identity.register_size
)
SELECT
    levels.pattern,
    CASE levels.pattern // 1000 WHEN 3 THEN '人员编号一致' WHEN 4 THEN '人工核对确认' ELSE '号码和姓名' END AS label,
    -population.size AS prior_weight,
    of_number.weight + of_name.weight + of_birth.weight + of_sex.weight - population.size AS weight,
    [
        {'field': 'number', 'level': levels.number_level, 'label': of_number.label, 'weight': of_number.weight},
        {'field': 'name', 'level': levels.name_level, 'label': of_name.label, 'weight': of_name.weight},
        {'field': 'birth_date', 'level': levels.birth_level, 'label': of_birth.label, 'weight': of_birth.weight},
        {'field': 'sex', 'level': levels.sex_level, 'label': of_sex.label, 'weight': of_sex.weight}
    ] AS comparison
FROM levels
CROSS JOIN population
JOIN identity.weight AS of_number ON of_number.field = 'number' AND of_number.level = levels.number_level
JOIN identity.weight AS of_name ON of_name.field = 'name' AND of_name.level = levels.name_level
JOIN identity.weight AS of_birth ON of_birth.field = 'birth_date' AND of_birth.level = levels.birth_level
JOIN identity.weight AS of_sex ON of_sex.field = 'sex' AND of_sex.level = levels.sex_level
