-- mart.quarantine: what was wrong in the delivered files.
-- grain: a quarantined row (severity row), or a cell whose value counts as missing (severity value); with its place in
--   the file as the department sees it
-- columns: extract, row_number, file, severity, rule, column_name, message, sheet, sheet_line
-- from: run.line_range, run.quarantine
SELECT
    entry.extract,
    entry.row_number,
    entry.file,
    entry.severity,
    entry.rule,
    entry.column_name,
    entry.message,
    place.sheet,
    entry.row_number + place.line_offset AS sheet_line
FROM run.quarantine AS entry
LEFT JOIN run.line_range AS place
    ON place.extract = entry.extract AND entry.row_number BETWEEN place.first_row AND place.last_row
ORDER BY entry.extract, entry.row_number
