-- Registrations that leave in doubt whether a person lives, or who it is. A 死亡注销 that a later 正常 row takes back; a
-- deregistered row and a valid one of one house and name that may be one person's. The other row is named by its line
-- as the department sees it.
-- grain: a register row
-- columns: extract, row_number, role, kind, detail
-- from: facts.register, identity.link, identity.register_doubt, identity.register_row, intake.household_register,
--   run.line_range
SELECT
    'household_register' AS extract,
    row.row_number,
    '' AS role,
    '死亡' AS kind,
    '死亡注销之后此人又有正常登记，请核对死亡登记是否已撤销' AS detail
FROM facts.register AS person
INNER JOIN identity.link AS link ON link.person_key = person.person_key AND link.extract = 'household_register'
INNER JOIN intake.household_register AS row ON row.row_number = link.row_number
WHERE person.death_taken_back_on IS NOT NULL AND row.status = 2
UNION ALL
SELECT DISTINCT
    'household_register' AS extract,
    line.row_number,
    '' AS role,
    '重复' AS kind,
    concat(
        '与', coalesce(concat('文件 ', place.file, ' '), ''),
        '第 ', other.row_number + coalesce(place.line_offset, 0),
        ' 行同户同名，一条注销、一条正常而号码不同，请核对是否同一人'
    ) AS detail
FROM identity.register_doubt AS doubt
INNER JOIN identity.register_row AS line ON line.row_key = doubt.left_key
INNER JOIN identity.register_row AS other ON other.row_key = doubt.right_key
LEFT JOIN run.line_range AS place
    ON place.extract = 'household_register' AND other.row_number BETWEEN place.first_row AND place.last_row
WHERE doubt.registered_anew
