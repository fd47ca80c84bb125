-- What outreach teams found wrong: data that the person contests (信息有误), sent to those whom the programme's facts about
-- the person rest on; and registrations of those whom they report dead or moved away. A 信息有误 holds until another answer
-- about the programme comes.
-- grain: a source row × programme or report
-- columns: extract, row_number, role, kind, detail
-- from: decisions.programme, facts.last_contact, facts.reported, facts.source, identity.link, intake.household_register
WITH contested AS (
    SELECT k.person_key, k.said_on, g.programme_name, g.extracts
    FROM facts.last_contact AS k
    INNER JOIN decisions.programme AS g ON g.programme = k.programme
    WHERE k.said = '信息有误'
),

basis AS (
    SELECT person_key, extract, row_number, role
    FROM identity.link
    WHERE extract = 'household_register' AND grade IN ('exact', 'strong')
    UNION
    SELECT s.person_key, s.extract, s.row_number, s.role
    FROM facts.source AS s
    INNER JOIN identity.link AS l
        ON l.extract = s.extract AND l.row_number = s.row_number AND l.role = s.role AND l.person_key = s.person_key
    WHERE l.grade IN ('exact', 'strong') AND s.extract <> 'outreach_outcome'
)

SELECT
    b.extract,
    b.row_number,
    b.role,
    '信息有误' AS kind,
    concat('社区走访人员于 ', c.said_on, ' 反映此人信息有误（', c.programme_name, '），请核对本行') AS detail
FROM contested AS c
INNER JOIN basis AS b ON b.person_key = c.person_key AND list_contains(c.extracts, b.extract)
UNION ALL
SELECT
    l.extract,
    l.row_number,
    l.role,
    CASE r.kind WHEN 'dead' THEN '反映去世' ELSE '反映迁出' END AS kind,
    concat(
        CASE r.source WHEN 'visit_log' THEN '探访人员于 ' ELSE '社区走访人员于 ' END,
        r.reported_on,
        ' 反映此人已', CASE r.kind WHEN 'dead' THEN '去世' ELSE '迁出' END, '，本行仍为正常，请核实'
    ) AS detail
FROM facts.reported AS r
INNER JOIN identity.link AS l
    ON l.person_key = r.person_key AND l.extract = 'household_register' AND l.grade IN ('exact', 'strong')
INNER JOIN intake.household_register AS h ON h.row_number = l.row_number AND h.status = 1
