-- People no longer registered here who are still on a local roll, and payees whom the register does not know.
-- grain: a source row
-- columns: extract, row_number, role, kind, detail
-- from: corrections.current_row, corrections.gone_row, identity.link, identity.person
SELECT
    gone_row.extract,
    gone_row.row_number,
    gone_row.role,
    '迁出' AS kind,
    concat(
        '此人在本区的户籍已注销',
        CASE WHEN gone_row.deregistered_on IS NULL THEN '' ELSE concat('（', gone_row.deregistered_on, '）') END,
        '，本行仍为正常'
    ) AS detail
FROM corrections.gone_row AS gone_row
INNER JOIN corrections.current_row AS current_row
    ON current_row.extract = gone_row.extract AND current_row.row_number = gone_row.row_number
WHERE gone_row.alive AND current_row.local
UNION ALL
SELECT
    link.extract,
    link.row_number,
    link.role,
    '查无户籍' AS kind,
    '本地户籍登记中没有找到此人，请核对姓名和号码' AS detail
FROM identity.link AS link
INNER JOIN identity.person AS person ON person.person_key = link.person_key
INNER JOIN corrections.current_row AS current_row
    ON current_row.extract = link.extract AND current_row.row_number = link.row_number
WHERE link.extract = 'benefit_roll' AND NOT person.in_register
