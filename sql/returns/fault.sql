-- What could not be read of a file, or does not hold of a line (`line` 0: of the file as a whole).
-- grain: a fault
-- columns: severity, rule, line, text
-- from: run.line_range, run.quarantine
SELECT
    q.severity,
    q.rule,
    coalesce(q.row_number + r.line_offset, 0) AS line,
    concat_ws('：', q.column_name, q.message) AS text
FROM run.quarantine AS q
LEFT JOIN run.line_range AS r ON q.row_number BETWEEN r.first_row AND r.last_row
ORDER BY line, text
