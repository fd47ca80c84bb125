-- The lines of a filled-in list that could be read, with their number as a person sees it in the file.
-- grain: a line
-- columns: line, person_id, id_number, id_number18, name, name_key, programme, result, contacted_on, handler
-- from: intake.outreach_outcome, run.line_range
SELECT
    o.row_number + r.line_offset AS line,
    o.person_id,
    o.id_number,
    o.id_number18,
    o.name,
    o.name_key,
    o.programme,
    o.result,
    o.contacted_on,
    o.handler
FROM intake.outreach_outcome AS o
LEFT JOIN run.line_range AS r ON o.row_number BETWEEN r.first_row AND r.last_row
