-- Register rows of the living by which they are older than 120: the birth date is wrong, or a death was never
-- registered.
-- grain: a register row
-- columns: extract, row_number, role, kind, detail
-- from: facts.person, identity.link
SELECT
    link.extract,
    link.row_number,
    link.role,
    '年龄' AS kind,
    '按本行登记此人已超过 120 周岁，请核对出生日期和是否健在' AS detail
FROM facts.person AS person
INNER JOIN identity.link AS link ON link.person_key = person.person_key AND link.extract = 'household_register'
WHERE person.registered AND person.age > 120
