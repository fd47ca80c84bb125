-- Every source row, linked exactly once: to a registered person, to the person proposed, or to a person of its own.
-- `pattern` numbers what number and name tell of a link without more evidence (identity.pattern says it in words).
-- One row of: source row. From: identity.source_row, register_profile, number_link, outcome, reason,
-- newcomer_component.
SELECT
    s.extract,
    s.row_number,
    s.role,
    s.row_key,
    coalesce(r.person_key, n.person_key, o.person_key, c.component, s.row_key) AS person_key,
    CASE
        WHEN r.row_key IS NOT NULL THEN 'exact'
        WHEN n.row_key IS NOT NULL THEN n.grade
        ELSE o.grade
    END AS grade,
    CASE
        WHEN r.row_key IS NOT NULL THEN 1.0
        WHEN n.grade = 'exact' THEN 0.99999
        WHEN n.grade = 'strong' THEN 0.9998
        ELSE o.probability
    END AS score,
    CASE
        WHEN r.row_key IS NOT NULL THEN 'register'
        WHEN n.row_key IS NOT NULL THEN n.method
        ELSE o.method
    END AS method,
    CASE
        WHEN r.row_key IS NOT NULL THEN '户籍登记'
        WHEN n.method = 'clerk' THEN '人工核对确认'
        WHEN n.method = 'person id' THEN '人员编号一致，姓名相符'
        WHEN n.row_key IS NOT NULL
            THEN
                CASE WHEN n.method = 'number and name' THEN '公民身份号码一致' ELSE '曾用身份号码一致' END
                || CASE n.name_level
                    WHEN 6 THEN '，姓名一致'
                    WHEN 5 THEN '，姓名读音一致'
                    WHEN 4 THEN '，姓名字形相近'
                    WHEN 3 THEN '，姓名缺一字'
                    ELSE '，姓名差一字'
                END
                || CASE WHEN n.birth_agrees = FALSE THEN '；出生日期不一致' ELSE '' END
                || CASE WHEN n.sex_agrees = FALSE THEN '；性别不一致' ELSE '' END
        WHEN o.method = 'nobody' THEN '户籍中没有找到此人'
        WHEN o.method = 'number of another name'
            THEN '号码在户籍中属于另一姓名的人' || coalesce('；' || w.words, '')
        ELSE '综合比对：' || w.words
    END AS reasons,
    CASE
        WHEN n.row_key IS NOT NULL
            THEN
                CASE n.method
                    WHEN 'number and name' THEN 1000
                    WHEN 'former number and name' THEN 2000
                    WHEN 'person id' THEN 3000
                    ELSE 4000
                END
                + n.name_level * 100
                + CASE n.birth_agrees WHEN TRUE THEN 10 WHEN FALSE THEN 20 ELSE 0 END
                + CASE n.sex_agrees WHEN TRUE THEN 1 WHEN FALSE THEN 2 ELSE 0 END
    END AS pattern
FROM identity.source_row s
LEFT JOIN identity.register_profile r ON s.row_key = r.row_key
LEFT JOIN identity.number_link n ON s.row_key = n.row_key
LEFT JOIN identity.outcome o ON s.row_key = o.row_key
LEFT JOIN identity.reason w ON s.row_key = w.row_key
LEFT JOIN identity.newcomer_component c ON s.row_key = c.row_key
