-- Birth dates and sexes that contradict the number on the same row.
-- grain: a source row × kind
-- columns: extract, row_number, role, kind, detail
-- from: identity.source_row
SELECT extract, row_number, role, '出生日期' AS kind, '与本行身份号码中的出生日期不一致' AS detail
FROM identity.source_row
WHERE
    birth_date IS NOT NULL
    AND id_number18 IS NOT NULL
    AND substr(id_number18, 7, 8) <> replace(CAST(birth_date AS VARCHAR), '-', '')
UNION ALL
SELECT extract, row_number, role, '性别' AS kind, '与本行身份号码中的性别不一致' AS detail
FROM identity.source_row
WHERE
    sex IS NOT NULL
    AND id_number18 IS NOT NULL
    AND role = ''
    AND sex <> CASE WHEN CAST(substr(id_number18, 17, 1) AS INTEGER) % 2 = 1 THEN 'M' ELSE 'F' END
