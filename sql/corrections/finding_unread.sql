-- Rows kept out, and cells that count as missing. One row: a quarantine entry. From run.quarantine.
SELECT
    extract,
    row_number,
    '' AS role,
    CASE severity WHEN 'row' THEN '整行未收' ELSE '内容无法识别' END AS kind,
    concat_ws('：', column_name, message) AS detail
FROM run.quarantine
