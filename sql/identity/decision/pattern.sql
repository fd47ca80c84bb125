-- What number and name (or a clerk, or a published id) prove for the links made by them: fields, levels and weights. A
-- rare name proves more than the general weight here; these links are in no doubt.
-- grain: a pattern of identity.link
-- columns: pattern, label, prior_weight, weight, comparison
-- from: identity.level_pattern, identity.link, identity.name_grade, identity.register_size
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
    weighed.number_weight + weighed.name_weight + weighed.birth_weight + weighed.sex_weight - population.size AS weight,
    [
        {
            'field': 'number',
            'level': levels.number_level,
            'label': weighed.number_label,
            'weight': weighed.number_weight
        },
        {'field': 'name', 'level': levels.name_level, 'label': weighed.name_label, 'weight': weighed.name_weight},
        {
            'field': 'birth_date',
            'level': levels.birth_level,
            'label': weighed.birth_label,
            'weight': weighed.birth_weight
        },
        {'field': 'sex', 'level': levels.sex_level, 'label': weighed.sex_label, 'weight': weighed.sex_weight}
    ] AS comparison
FROM levels
CROSS JOIN population
JOIN identity.level_pattern AS weighed
    ON levels.number_level = weighed.number_level
    AND levels.name_level = weighed.name_level
    AND levels.birth_level = weighed.birth_level
    AND levels.sex_level = weighed.sex_level
    AND weighed.phone_level = 'missing'
    AND weighed.address_level = 'missing'
    AND weighed.relation_level = 'none'
