-- mart.question: questions to departments about their own rows: open, answered, and closed within a year.
-- grain: a question
-- columns: question_id, department, extract, file, sheet_line, row_number, kind, text, first_asked_on, due_by, status,
--   answer, answered_on, worth, sheet, role, name, id_number, answer_word, closed_on, person_id, rests_on,
--   row_fingerprint
-- from: corrections.question
SELECT
    question_id,
    department,
    extract,
    file,
    sheet_line,
    row_number,
    kind,
    text,
    first_asked_on,
    due_by,
    status,
    answer,
    answered_on,
    CAST(worth AS DECIMAL(12, 2)) AS worth,
    sheet,
    role,
    name,
    id_number,
    answer_word,
    closed_on,
    person_id,
    rests_on,
    row_fingerprint
FROM corrections.question
ORDER BY department, extract, row_number, question_id
