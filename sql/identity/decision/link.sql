-- Every source row, linked exactly once: to a registered person, to the person proposed, or to a person of its own.
-- `pattern` numbers what number and name prove for a link without more evidence (`identity.pattern`). A row is of the
-- register, linked by number and name, or unlinked by them: each link is made where it arises. Many models read this
-- view, each only some of its columns: the texts of two million links would cost more than all their readings.
-- grain: a source row
-- columns: extract, row_number, role, row_key, person_key, grade, score, method, reasons, pattern
-- from: identity.deterministic_link, identity.evidence_link, identity.extract_name, identity.register_profile
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
    FROM identity.deterministic_link
    UNION ALL
    SELECT row_key, person_key, grade, score, method, reasons, NULL
    FROM identity.evidence_link
)
SELECT
    extract_name.extract,
    linked.row_key % 10000000000 // 10 AS row_number,
    CASE linked.row_key % 10 WHEN 1 THEN 'husband' WHEN 2 THEN 'wife' ELSE '' END AS role,
    linked.row_key,
    linked.person_key,
    linked.grade,
    linked.score,
    linked.method,
    linked.reasons,
    linked.pattern
FROM linked
JOIN identity.extract_name ON linked.row_key // 10000000000 = extract_name.extract_no
