-- Why a row is linked, or proposed, by all evidence: level and weight (log2) of each field, the prior and the total;
-- and the same in Chinese (`words`).
-- grain: a source row linked or proposed by all evidence
-- columns: extract, row_number, role, row_key, person_key, register_key, prior_weight, weight, probability, comparison,
--   words
-- from: identity.extract_name, identity.level_pattern, identity.outcome, identity.score
WITH compared AS (
    SELECT
        scored.row_key,
        scored.person_key,
        scored.register_key,
        scored.prior_weight,
        scored.weight,
        outcome.probability,
        [
            {
                'field': 'number',
                'level': scored.number_level,
                'label': pattern.number_label,
                'weight': scored.number_weight
            },
            {'field': 'name', 'level': scored.name_level, 'label': pattern.name_label, 'weight': scored.name_weight},
            {
                'field': 'birth_date',
                'level': scored.birth_level,
                'label': pattern.birth_label,
                'weight': scored.birth_weight
            },
            {'field': 'sex', 'level': scored.sex_level, 'label': pattern.sex_label, 'weight': scored.sex_weight},
            {
                'field': 'phone',
                'level': scored.phone_level,
                'label': pattern.phone_label,
                'weight': scored.phone_weight
            },
            {
                'field': 'address',
                'level': scored.address_level,
                'label': pattern.address_label,
                'weight': scored.address_weight
            },
            {
                'field': 'relation',
                'level': scored.relation_level,
                'label': pattern.relation_label,
                'weight': scored.relation_weight
            },
            {
                'field': 'standing',
                'level': CASE
                    WHEN scored.roll_weight = 0 THEN 'missing'
                    WHEN scored.roll_weight > 0 THEN 'fits the roll'
                    ELSE 'unusual on the roll'
                END,
                'label': CASE WHEN scored.roll_weight > 0 THEN '合于该名册' ELSE '少见于该名册' END,
                'weight': scored.roll_weight
            },
            {
                'field': 'place',
                'level': CASE WHEN scored.adjacency_weight = 0 THEN 'missing' ELSE scored.adjacency_level END,
                'label': CASE scored.adjacency_level
                    WHEN 'person beside' THEN '前后行即此人'
                    WHEN 'household beside' THEN '前后行为同户'
                    WHEN 'community beside' THEN '前后行为同社区'
                    WHEN 'town beside' THEN '前后行为同镇街'
                    ELSE '前后行在别处'
                END,
                'weight': scored.adjacency_weight
            }
        ] AS comparison
    FROM identity.score AS scored
    JOIN identity.outcome ON scored.row_key = outcome.row_key AND scored.person_key = outcome.person_key
    JOIN identity.level_pattern AS pattern
        ON scored.number_level = pattern.number_level
        AND scored.name_level = pattern.name_level
        AND scored.birth_level = pattern.birth_level
        AND scored.sex_level = pattern.sex_level
        AND scored.phone_level = pattern.phone_level
        AND scored.address_level = pattern.address_level
        AND scored.relation_level = pattern.relation_level
),
worded AS (
    SELECT
        *,
        array_to_string(
            list_transform(
                list_filter(comparison, lambda c: c.level NOT IN ($level_silent)),
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
    FROM compared
)
SELECT
    extract_name.extract,
    worded.row_key % 10000000000 // 10 AS row_number,
    CASE worded.row_key % 10 WHEN 1 THEN 'husband' WHEN 2 THEN 'wife' ELSE '' END AS role,
    worded.*
FROM worded
JOIN identity.extract_name ON worded.row_key // 10000000000 = extract_name.extract_no
