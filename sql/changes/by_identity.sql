-- changes.by_identity: lines that a corrected identity changed. A row of an extract that the programme rests on is
-- linked otherwise while it is unchanged; two ids became one; or, where nothing else shows (place 7), the line's rule
-- began or ceased to be a doubt about a link.
-- grain: a line × what was corrected
-- columns: person_id, programme, cause, place, text
-- from: changes.examined, changes.former_id, changes.line, changes.relinked, changes.title, decisions.programme,
--   previous.person
SELECT DISTINCT
    l.person_id,
    l.programme,
    'identity' AS cause,
    1 AS place,
    '身份核对更正：' || t.title
    || CASE r.kind
        WHEN 'came' THEN '一行改为对应本人'
        WHEN 'went' THEN '一行不再对应本人'
        WHEN 'clear' THEN '一行已确认是本人'
        ELSE '一行是否本人转为待核'
    END AS text
FROM changes.line AS l
INNER JOIN changes.relinked AS r ON r.person_id = l.person_id
INNER JOIN changes.title AS t ON t.extract = r.extract
INNER JOIN changes.examined AS x ON x.programme = l.programme
INNER JOIN decisions.programme AS g ON g.programme = x.examined
WHERE
    list_contains(g.extracts, r.extract)
    OR r.extract IN ('household_register', 'benefit_roll', 'outreach_outcome')
UNION ALL
SELECT DISTINCT
    l.person_id,
    l.programme,
    'identity' AS cause,
    1 AS place,
    '身份核对更正：两个人员编号合并为一人' AS text
FROM changes.line AS l
INNER JOIN changes.former_id AS f ON f.person_key = l.person_key
INNER JOIN previous.person AS e ON e.person_id = f.person_id
UNION ALL
SELECT
    person_id,
    programme,
    'identity' AS cause,
    7 AS place,
    CASE WHEN is_doubt THEN '身份关联转为待核实' ELSE '身份关联的疑点已消除' END AS text
FROM (
    SELECT
        person_id,
        programme,
        rule_before,
        coalesce(
            rule IN (
                'verify:unlinked', 'verify:review', 'verify:possible', 'verify:may_receive', 'verify:declined_review',
                'verify:registered_anew'
            ),
            FALSE
        ) AS is_doubt,
        coalesce(
            rule_before IN (
                'verify:unlinked', 'verify:review', 'verify:possible', 'verify:may_receive', 'verify:declined_review',
                'verify:registered_anew'
            ),
            FALSE
        ) AS was_doubt
    FROM changes.line
) AS d
WHERE d.is_doubt <> d.was_doubt AND (d.rule_before IS NOT NULL OR d.is_doubt)
