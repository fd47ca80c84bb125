-- Why a row is linked, or proposed, by all evidence, in words: the fields with their levels and weights.
-- One row of: source row linked or proposed by evidence. From: identity.evidence.
SELECT
    row_key,
    person_key,
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
FROM identity.evidence
