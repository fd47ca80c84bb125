-- What speaks for the links that number and name (or a clerk, or a published id) made: fields, levels and weights. A
-- rare name proves more than the general weight says here; the links are in no doubt.
-- grain: pattern of identity.link
-- columns: pattern, label, prior_weight, weight, comparison
-- from: identity.link, identity.name_grade, identity.register_size, identity.weight
WITH said AS (
    SELECT DISTINCT
        pattern,
        CASE pattern // 1000 WHEN 1 THEN 'equal' WHEN 2 THEN 'former' ELSE 'missing' END AS number_level,
        CASE WHEN pattern // 1000 = 4 THEN 'missing' ELSE g.level END AS name_level,
        CASE pattern // 10 % 10
            WHEN 1 THEN 'in the number'
            WHEN 2 THEN 'differs'
            ELSE 'missing'
        END AS birth_level,
        CASE pattern % 10 WHEN 1 THEN 'equal' WHEN 2 THEN 'differs' ELSE 'missing' END AS sex_level
    FROM identity.link l
    JOIN identity.name_grade g ON l.pattern // 100 % 10 = g.grade
    WHERE pattern IS NOT NULL
),
population AS (
    SELECT log2(people) AS size FROM identity.register_size
)
SELECT
    s.pattern,
    CASE s.pattern // 1000 WHEN 3 THEN '人员编号一致' WHEN 4 THEN '人工核对确认' ELSE '号码和姓名' END AS label,
    -p.size AS prior_weight,
    wn.weight + wm.weight + wb.weight + ws.weight - p.size AS weight,
    [
        {'field': 'number', 'level': s.number_level, 'label': wn.label, 'weight': wn.weight},
        {'field': 'name', 'level': s.name_level, 'label': wm.label, 'weight': wm.weight},
        {'field': 'birth_date', 'level': s.birth_level, 'label': wb.label, 'weight': wb.weight},
        {'field': 'sex', 'level': s.sex_level, 'label': ws.label, 'weight': ws.weight}
    ] AS comparison
FROM said s
CROSS JOIN population p
JOIN identity.weight wn ON wn.field = 'number' AND wn.level = s.number_level
JOIN identity.weight wm ON wm.field = 'name' AND wm.level = s.name_level
JOIN identity.weight wb ON wb.field = 'birth_date' AND wb.level = s.birth_level
JOIN identity.weight ws ON ws.field = 'sex' AND ws.level = s.sex_level
