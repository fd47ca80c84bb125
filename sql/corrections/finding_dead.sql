-- The dead who still count as living, the living whom a record calls dead, and deaths before birth. A death is reported
-- with its day and how many sources know it; who holds the row checks before anything is ended.
-- grain: a source row
-- columns: extract, row_number, role, kind, detail
-- from: corrections.current_row, corrections.dated_act, corrections.gone_row, facts.person, identity.link,
--   intake.death_record, intake.household_register
WITH act AS (
    SELECT gone_row.person_key, gone_row.extract, gone_row.row_number, gone_row.role, gone_row.died_on, act.met_on
    FROM corrections.gone_row AS gone_row
    INNER JOIN corrections.dated_act AS act
        ON act.extract = gone_row.extract AND act.row_number = gone_row.row_number
    WHERE NOT gone_row.alive
),

met AS (
    SELECT person_key, max(met_on) AS last_met_on
    FROM act
    GROUP BY person_key
),

death_row AS (
    SELECT 'death_record' AS extract, row_number, died_on FROM intake.death_record
    UNION ALL
    SELECT 'household_register' AS extract, row_number, status_date AS died_on
    FROM intake.household_register
    WHERE status = 2 AND status_date IS NOT NULL
)

SELECT
    gone_row.extract,
    gone_row.row_number,
    gone_row.role,
    '死亡' AS kind,
    concat(
        CASE WHEN gone_row.died_on IS NULL THEN '此人已死亡' ELSE concat('此人已于 ', gone_row.died_on, ' 死亡') END,
        CASE gone_row.death_evidence WHEN 'two sources' THEN '（两个来源）' ELSE '（一个来源，请核实）' END,
        '，本行仍为正常'
    ) AS detail
FROM corrections.gone_row AS gone_row
INNER JOIN corrections.current_row AS current_row
    ON current_row.extract = gone_row.extract AND current_row.row_number = gone_row.row_number
WHERE NOT gone_row.alive
UNION ALL
SELECT extract, row_number, role, '死亡' AS kind, concat('本行日期晚于此人的死亡日期 ', died_on) AS detail
FROM act
WHERE met_on > died_on
UNION ALL
SELECT
    gone_row.extract,
    gone_row.row_number,
    gone_row.role,
    '死亡' AS kind,
    concat('死亡日期之后仍有服务记录（最近 ', met.last_met_on, '），请核实死亡登记是否有误') AS detail
FROM corrections.gone_row AS gone_row
INNER JOIN death_row ON death_row.extract = gone_row.extract AND death_row.row_number = gone_row.row_number
INNER JOIN met ON met.person_key = gone_row.person_key
WHERE met.last_met_on > death_row.died_on
UNION ALL
SELECT
    'death_record' AS extract,
    record.row_number,
    '' AS role,
    '死亡' AS kind,
    '死亡日期早于此人的出生日期，请核对' AS detail
FROM intake.death_record AS record
INNER JOIN identity.link AS link ON link.extract = 'death_record' AND link.row_number = record.row_number
INNER JOIN facts.person AS person ON person.person_key = link.person_key
WHERE record.died_on < person.birth_date AND link.grade IN ('exact', 'strong')
