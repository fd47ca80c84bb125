-- Deaths that outreach teams or visitors report and that no death record has: a question to whom deaths are notified,
-- who has no row about the person.
-- grain: a person reported dead
-- columns: extract, row_number, role, name, id_number, kind, detail, person_key
-- from: facts.person, facts.reported
SELECT
    'death_record' AS extract,
    CAST(NULL AS BIGINT) AS row_number,
    '' AS role,
    p.name,
    p.id_number,
    '死亡' AS kind,
    concat(
        CASE r.source WHEN 'visit_log' THEN '探访人员于 ' ELSE '社区走访人员于 ' END,
        r.reported_on,
        ' 反映此人已去世，死亡（殡葬）信息中没有记录，请核实'
    ) AS detail,
    r.person_key
FROM facts.reported AS r
INNER JOIN facts.person AS p ON p.person_key = r.person_key
WHERE r.kind = 'dead' AND p.in_register
