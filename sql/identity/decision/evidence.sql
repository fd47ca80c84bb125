-- Why a row is linked, or proposed, by all evidence: each field's level with its weight (log2), the prior and the
-- total; and in words (`words`).
-- grain: source row linked or proposed by evidence
-- columns: extract, row_number, role, row_key, person_key, register_key, prior_weight, weight, probability, comparison,
--   words
-- from: identity.extract_name, identity.outcome, identity.score, identity.weight
WITH told AS (
    SELECT
        s.row_key,
        s.person_key,
        s.register_key,
        s.prior_weight,
        s.weight,
        o.probability,
        [
            {'field': 'number', 'level': s.number_level, 'label': wn.label, 'weight': s.number_weight},
            {'field': 'name', 'level': s.name_level, 'label': wm.label, 'weight': s.name_weight},
            {'field': 'birth_date', 'level': s.birth_level, 'label': wb.label, 'weight': s.birth_weight},
            {'field': 'sex', 'level': s.sex_level, 'label': ws.label, 'weight': s.sex_weight},
            {'field': 'phone', 'level': s.phone_level, 'label': wp.label, 'weight': s.phone_weight},
            {'field': 'address', 'level': s.address_level, 'label': wa.label, 'weight': s.address_weight},
            {'field': 'relation', 'level': s.relation_level, 'label': wr.label, 'weight': s.relation_weight},
            {
                'field': 'standing',
                'level': CASE
                    WHEN s.standing_weight = 0 THEN 'missing'
                    WHEN s.standing_weight > 0 THEN 'fits the roll'
                    ELSE 'unusual on the roll'
                END,
                'label': CASE WHEN s.standing_weight > 0 THEN '合于该名册' ELSE '少见于该名册' END,
                'weight': s.standing_weight
            },
            {
                'field': 'place',
                'level': CASE WHEN s.place_weight = 0 THEN 'missing' ELSE s.place_level END,
                'label': CASE s.place_level
                    WHEN 'herself beside' THEN '前后行即此人'
                    WHEN 'household beside' THEN '前后行为同户'
                    WHEN 'community beside' THEN '前后行为同社区'
                    WHEN 'town beside' THEN '前后行为同镇街'
                    ELSE '前后行在别处'
                END,
                'weight': s.place_weight
            }
        ] AS comparison
    FROM identity.score s
    JOIN identity.outcome o ON s.row_key = o.row_key AND s.person_key = o.person_key
    JOIN identity.weight wn ON wn.field = 'number' AND wn.level = s.number_level
    JOIN identity.weight wm ON wm.field = 'name' AND wm.level = s.name_level
    JOIN identity.weight wb ON wb.field = 'birth_date' AND wb.level = s.birth_level
    JOIN identity.weight ws ON ws.field = 'sex' AND ws.level = s.sex_level
    JOIN identity.weight wp ON wp.field = 'phone' AND wp.level = s.phone_level
    JOIN identity.weight wa ON wa.field = 'address' AND wa.level = s.address_level
    JOIN identity.weight wr ON wr.field = 'relation' AND wr.level = s.relation_level
),
worded AS (
    SELECT
        *,
        array_to_string(
            list_transform(
                list_filter(comparison, lambda c: c.level NOT IN ('missing', 'none')),
                lambda c: CASE c.field
                    WHEN 'number' THEN '号码'
                    WHEN 'name' THEN '姓名'
                    WHEN 'birth_date' THEN '出生日期'
                    WHEN 'sex' THEN '性别'
                    WHEN 'phone' THEN '电话'
                    WHEN 'address' THEN '住址'
                    WHEN 'standing' THEN '年龄和登记状态'
                    ELSE ''
                END
                || c.label || printf('%+.1f', c.weight)
            ),
            '，'
        )
        || printf('；先验%+.1f，合计%+.1f', prior_weight, weight) AS words
    FROM told
)
SELECT
    e.extract,
    t.row_key % 10000000000 // 10 AS row_number,
    CASE t.row_key % 10 WHEN 1 THEN 'husband' WHEN 2 THEN 'wife' ELSE '' END AS role,
    t.*
FROM worded t
JOIN identity.extract_name e ON t.row_key // 10000000000 = e.extract_no
