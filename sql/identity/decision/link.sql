-- Every source row, linked exactly once: to a registered person, to the person proposed, or to a person of its own.
-- `pattern` numbers what number and name tell of a link without more evidence (identity.pattern says it in words). A
-- row is of the register, tied by number and name, or residual: each link is made where it arises. Many read this view,
-- but each only some of its columns: the words of two million links would cost more than all their readings.
-- grain: source row
-- columns: extract, row_number, role, row_key, person_key, grade, score, method, reasons, pattern
-- from: identity.extract_name, identity.number_link, identity.register_profile, identity.residual_link
-- materialized: view
WITH linked AS (
    SELECT
        row_key,
        person_key,
        'exact' AS grade,
        CAST(1.0 AS DOUBLE) AS score,
        'register' AS method,
        '户籍登记' AS reasons,
        CAST(NULL AS INTEGER) AS pattern
    FROM identity.register_profile
    UNION ALL
    SELECT
        row_key,
        person_key,
        grade,
        CASE grade WHEN 'exact' THEN $exact_score ELSE $strong_score END,
        method,
        CASE method
            WHEN 'clerk' THEN '人工核对确认'
            WHEN 'person id' THEN '人员编号一致，姓名相符'
            ELSE
                CASE method WHEN 'number and name' THEN '公民身份号码一致' ELSE '曾用身份号码一致' END
                || CASE name_level
                    WHEN 6 THEN '，姓名一致'
                    WHEN 5 THEN '，姓名读音一致'
                    WHEN 4 THEN '，姓名字形相近'
                    WHEN 3 THEN '，姓名缺字或倒字'
                    ELSE '，姓名差一字'
                END
                || CASE WHEN birth_agrees = FALSE THEN '；出生日期不一致' ELSE '' END
                || CASE WHEN sex_agrees = FALSE THEN '；性别不一致' ELSE '' END
        END,
        CASE method
            WHEN 'number and name' THEN 1000
            WHEN 'former number and name' THEN 2000
            WHEN 'person id' THEN 3000
            ELSE 4000
        END
        + name_level * 100
        + CASE birth_agrees WHEN TRUE THEN 10 WHEN FALSE THEN 20 ELSE 0 END
        + CASE sex_agrees WHEN TRUE THEN 1 WHEN FALSE THEN 2 ELSE 0 END
    FROM identity.number_link
    UNION ALL
    SELECT row_key, person_key, grade, score, method, reasons, NULL
    FROM identity.residual_link
)
SELECT
    e.extract,
    l.row_key % 10000000000 // 10 AS row_number,
    CASE l.row_key % 10 WHEN 1 THEN 'husband' WHEN 2 THEN 'wife' ELSE '' END AS role,
    l.row_key,
    l.person_key,
    l.grade,
    l.score,
    l.method,
    l.reasons,
    l.pattern
FROM linked l
JOIN identity.extract_name e ON l.row_key // 10000000000 = e.extract_no
