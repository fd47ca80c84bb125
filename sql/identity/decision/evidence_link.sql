-- The links of the rows that number and name do not link: to a person, to the person proposed, or to a person of their
-- own; rows connected by `newcomer_edge` are one person.
-- grain: an unlinked record
-- columns: row_key, person_key, grade, score, method, reasons
-- from: identity.evidence, identity.newcomer_component, identity.outcome
SELECT
    outcome.row_key,
    coalesce(outcome.person_key, newcomer.component, outcome.row_key) AS person_key,
    outcome.grade,
    outcome.probability AS score,
    outcome.method,
    CASE outcome.method
        WHEN 'nobody' THEN '户籍中没有找到此人'
        WHEN 'number of another name' THEN '号码在户籍中属于另一姓名的人' || coalesce('；' || evidence.words, '')
        ELSE '综合比对：' || evidence.words
    END AS reasons
FROM identity.outcome
LEFT JOIN identity.evidence ON outcome.row_key = evidence.row_key
LEFT JOIN identity.newcomer_component AS newcomer ON outcome.row_key = newcomer.row_key
