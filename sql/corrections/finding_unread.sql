-- Rows kept out, and cells that count as missing. One row: a quarantine entry. From run.quarantine.
SELECT
    extract,
    row_number,
    '' AS role,
    CASE
        WHEN severity = 'row' THEN '整行未收'
        WHEN rule = 'swapped_name_and_number' THEN '姓名与号码填反'
        ELSE '内容无法识别'
    END AS kind,
    concat_ws('：', column_name, message) AS detail
FROM run.quarantine
