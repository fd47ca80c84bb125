-- Names that are not the register's. One row: a source row. From corrections.clear_row, corrections.register_name.
SELECT
    clear_row.extract,
    clear_row.row_number,
    clear_row.role,
    '姓名' AS kind,
    CASE WHEN known.former = 1 THEN '是此人在户籍登记中的曾用名' ELSE '与户籍登记的姓名不一致' END AS detail
FROM corrections.clear_row AS clear_row
LEFT JOIN corrections.register_name AS known
    ON known.person_key = clear_row.person_key AND known.name_key = clear_row.name_key
WHERE
    clear_row.extract <> 'household_register'
    AND clear_row.name_key IS NOT NULL
    AND coalesce(known.former, 1) = 1
