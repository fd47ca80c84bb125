-- The questions to the department $department about people of the areas $area (of nobody in the register: of the whole
-- region): those of a status, or one.
-- grain: a question
-- columns: question_id, person_id, extract, file, sheet, sheet_line, row_number, kind, text, first_asked_on, due_by,
--   status, answer, answered_on, worth
-- from: mart.person, mart.question
SELECT
    q.question_id,
    q.person_id,
    q.extract,
    q.file,
    q.sheet,
    q.sheet_line,
    q.row_number,
    q.kind,
    q.text,
    q.first_asked_on,
    q.due_by,
    q.status,
    q.answer,
    q.answered_on,
    q.worth
FROM mart.question AS q
LEFT JOIN mart.person AS p ON p.person_id = q.person_id
WHERE
    q.department = $department
    AND regexp_matches(coalesce(p.area_code, ''), $area)
    AND ($status IS NULL OR q.status = $status)
    AND ($question IS NULL OR q.question_id = $question)
ORDER BY q.due_by NULLS LAST, q.extract, q.row_number, q.question_id
