-- Names that are not the register's.
-- grain: a source row
-- columns: extract, row_number, role, kind, detail
-- from: corrections.register_row, corrections.unlike_row
SELECT
    unlike_row.extract,
    unlike_row.row_number,
    unlike_row.role,
    '姓名' AS kind,
    CASE
        WHEN bool_or(registered.former_name_key = unlike_row.name_key) THEN '是此人在户籍登记中的曾用名'
        ELSE '与户籍登记的姓名不一致'
    END AS detail
FROM corrections.unlike_row AS unlike_row
INNER JOIN corrections.register_row AS registered ON registered.person_key = unlike_row.person_key
WHERE unlike_row.name_key IS NOT NULL
GROUP BY unlike_row.extract, unlike_row.row_number, unlike_row.role
HAVING NOT coalesce(bool_or(registered.name_key = unlike_row.name_key), FALSE)
