-- What becomes of the rows that number and name alone do not tie: linked, proposed, or a person of their own.
-- grain: residual row
-- columns: row_key, person_key, grade, score, method, reasons
-- from: identity.evidence, identity.newcomer_component, identity.outcome
SELECT
    o.row_key,
    coalesce(o.person_key, c.component, o.row_key) AS person_key,
    o.grade,
    o.probability AS score,
    o.method,
    CASE o.method
        WHEN 'nobody' THEN '户籍中没有找到此人'
        WHEN 'number of another name' THEN '号码在户籍中属于另一姓名的人' || coalesce('；' || w.words, '')
        ELSE '综合比对：' || w.words
    END AS reasons
FROM identity.outcome o
LEFT JOIN identity.evidence w ON o.row_key = w.row_key
LEFT JOIN identity.newcomer_component c ON o.row_key = c.row_key
