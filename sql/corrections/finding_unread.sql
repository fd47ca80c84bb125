-- Rows in quarantine, and cells that count as missing; not the rows of an extract that was refused as a whole, for
-- which there is one question (finding_refused). Of a row in quarantine the file is named, and what came of it:
-- whether it guards lines of the lists (facts.guard), may be somebody's, or could be nobody's.
-- grain: a quarantine entry
-- columns: extract, row_number, role, kind, detail
-- from: facts.guard, identity.quarantined_link, run.extract, run.quarantine
SELECT
    q.extract,
    q.row_number,
    '' AS role,
    CASE
        WHEN q.severity = 'row' THEN '整行未收'
        WHEN q.rule = 'swapped_name_and_number' THEN '姓名与号码填反'
        ELSE '内容无法识别'
    END AS kind,
    concat_ws('：', q.column_name, q.message)
    || CASE
        WHEN q.severity <> 'row' OR NOT x.delivered THEN ''
        ELSE
            coalesce('；文件' || q.file, '')
            || CASE
                WHEN g.row_number IS NOT NULL THEN '；受该行影响的新增、调整、停发暂改为核实'
                WHEN l.row_number IS NULL THEN '；无法判断该行属于何人'
                ELSE ''
            END
            || '：请更正后重新送达'
    END AS detail
FROM run.quarantine AS q
INNER JOIN run.extract AS x ON x.extract = q.extract
LEFT JOIN (SELECT DISTINCT extract, row_number FROM identity.quarantined_link) AS l
    ON l.extract = q.extract AND l.row_number = q.row_number
LEFT JOIN (SELECT DISTINCT extract, row_number FROM facts.guard WHERE is_quarantined) AS g
    ON g.extract = q.extract AND g.row_number = q.row_number
WHERE q.rule <> 'extract_refused'
