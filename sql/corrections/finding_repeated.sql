-- A person delivered twice where once is right: paid twice for one programme, registered twice as 正常. The other row is
-- named by its line as the department sees it.
-- grain: a source row that has a twin
-- columns: extract, row_number, role, kind, detail
-- from: identity.link, intake.benefit_roll, intake.household_register, run.line_range
WITH once AS (
    SELECT 'benefit_roll' AS extract, paid.row_number, link.person_key, paid.programme AS subject
    FROM intake.benefit_roll AS paid
    INNER JOIN identity.link AS link ON link.extract = 'benefit_roll' AND link.row_number = paid.row_number
    WHERE paid.status = 1 AND link.grade IN ('exact', 'strong')
    UNION ALL
    SELECT 'household_register' AS extract, registered.row_number, link.person_key, '' AS subject
    FROM intake.household_register AS registered
    INNER JOIN identity.link AS link
        ON link.extract = 'household_register' AND link.row_number = registered.row_number
    WHERE registered.status = 1
),

twice AS (
    SELECT extract, person_key, subject, min(row_number) AS first_row, max(row_number) AS last_row
    FROM once
    GROUP BY extract, person_key, subject
    HAVING count(*) > 1
)

SELECT
    once.extract,
    once.row_number,
    '' AS role,
    '重复' AS kind,
    concat(
        '同一人在',
        coalesce(concat('文件 ', place.file, ' '), ''),
        '第 ',
        CASE WHEN once.row_number = twice.first_row THEN twice.last_row ELSE twice.first_row END
        + coalesce(place.line_offset, 0),
        ' 行也为正常'
    ) AS detail
FROM twice
INNER JOIN once
    ON once.extract = twice.extract AND once.person_key = twice.person_key AND once.subject = twice.subject
LEFT JOIN run.line_range AS place
    ON place.extract = once.extract
    AND CASE WHEN once.row_number = twice.first_row THEN twice.last_row ELSE twice.first_row END
    BETWEEN place.first_row AND place.last_row
