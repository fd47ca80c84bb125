-- The ledger of impaired people as a town reads it; every value is text, programmes are named. What is not known is
-- marked: who has no 户号 may or may not live alone, without a benefit roll it is not known who receives what.
-- changed: since the ledger of compared_on, which the head of the list names once, without the day
-- of the last visit, which has a column; NULL = nothing.
-- grain: a person
-- columns: town_file, area_code, community, person_id, name, sex, age, id_number, phone, address, impairment, entitled,
--   receiving, wishes, last_visit, at_home, changed, compared_on
-- from: decisions.programme, lists.person, lists.place, mart.area, mart.ledger, run.word
WITH entitled AS (
    SELECT i.person_id, string_agg(coalesce(g.programme_name, i.programme), '；' ORDER BY i.programme) AS text
    FROM (SELECT person_id, unnest(entitled).programme AS programme FROM mart.ledger) AS i
    LEFT JOIN decisions.programme AS g ON g.programme = i.programme
    GROUP BY i.person_id
),

received AS (
    SELECT
        i.person_id,
        string_agg(
            concat_ws(' ', coalesce(g.programme_name, i.programme), CAST(i.amount AS VARCHAR)),
            '；' ORDER BY i.programme
        ) AS text
    FROM (
        SELECT person_id, unnest(receiving).programme AS programme, unnest(receiving).amount AS amount
        FROM mart.ledger
    ) AS i
    LEFT JOIN decisions.programme AS g ON g.programme = i.programme
    GROUP BY i.person_id
),

wished AS (
    SELECT
        i.person_id,
        string_agg(
            concat_ws(' ', coalesce(g.programme_name, i.programme), i.result, CAST(i.said_on AS VARCHAR)),
            '；' ORDER BY i.programme
        ) AS text
    FROM (
        SELECT
            person_id,
            unnest(wishes).programme AS programme,
            unnest(wishes).result AS result,
            unnest(wishes).said_on AS said_on
        FROM mart.ledger
    ) AS i
    LEFT JOIN decisions.programme AS g ON g.programme = i.programme
    GROUP BY i.person_id
)

SELECT
    p.town_file,
    l.area_code,
    coalesce(a.name, l.area_code) AS community,
    l.person_id,
    p.name,
    p.sex,
    p.age,
    p.id_number,
    p.phone,
    coalesce(
        nullif(replace(coalesce(h.short_address, p.address), concat(t.name, a.name), ''), ''), p.address
    ) AS address,
    nullif(
        concat_ws(
            chr(10),
            '能力：' || b.chinese,
            CASE WHEN l.disability_grade <> 'none' THEN concat('残疾：', d.chinese) END
        ),
        ''
    ) AS impairment,
    e.text AS entitled,
    CASE WHEN l.receiving IS NULL THEN '待遇发放数据未到' ELSE r.text END AS receiving,
    w.text AS wishes,
    CAST(l.last_visit_on AS VARCHAR) AS last_visit,
    CASE
        WHEN l.at_home IS NULL THEN '不明'
        WHEN array_length(l.at_home) = 0 THEN '无'
        ELSE concat(CAST(array_length(l.at_home) AS VARCHAR), '人')
    END AS at_home,
    CASE
        WHEN l.changed_since NOT LIKE '%以来：无变化'
            THEN replace(substr(l.changed_since, 15), concat('：', CAST(l.last_visit_on AS VARCHAR)), '')
    END AS changed,
    substr(l.changed_since, 2, 10) AS compared_on
FROM mart.ledger AS l
INNER JOIN lists.person AS p ON p.person_id = l.person_id
LEFT JOIN entitled AS e ON e.person_id = l.person_id
LEFT JOIN received AS r ON r.person_id = l.person_id
LEFT JOIN wished AS w ON w.person_id = l.person_id
LEFT JOIN mart.area AS a ON a.area_code = l.area_code
LEFT JOIN mart.area AS t ON t.area_code = l.town_code
LEFT JOIN lists.place AS h ON h.address = p.address
LEFT JOIN run.word AS b ON b.list = 'ability_level' AND b.code = CAST(l.ability_level AS VARCHAR)
LEFT JOIN run.word AS d ON d.list = 'disability_grade' AND d.code = l.disability_grade
