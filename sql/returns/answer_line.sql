-- The lines of an answered list of questions that could be read, with their number as a person sees it in the file.
-- grain: a line
-- columns: line, question_id, answer, answered_on
-- from: intake.question_answer, run.line_range
SELECT
    a.row_number + r.line_offset AS line,
    a.question_id,
    a.answer,
    a.answered_on
FROM intake.question_answer AS a
LEFT JOIN run.line_range AS r ON a.row_number BETWEEN r.first_row AND r.last_row
