-- corrections.question: every question to a department that is open, answered or was lately closed. What was raised
-- earlier and is not any more is settled; withdrawn where the department's row stays as it was, so that what raised
-- the question fell away elsewhere, unanswered. While the extract, or the one that the question rests on, is not
-- there tonight, nothing is concluded: the question stays as it was. A question that comes back after it was closed
-- is opened again under its old number. An answer 已更正 (corrected) holds for as many days as the department has to
-- answer; where the data are unchanged then, the question is open again.
-- grain: a question
-- columns: question_id, department, extract, file, sheet, sheet_line, row_number, role, name, id_number, kind, text,
--   person_id, first_asked_on, due_by, status, answer, answer_word, answered_on, closed_on, worth, rests_on,
--   row_fingerprint
-- from: corrections.numbered_finding, run.context, run.earlier_question, run.extract, run.question_answer,
--   run.row_fingerprint
WITH open_row AS (
    SELECT
        a.*,
        f.fingerprint AS row_fingerprint,
        CASE WHEN e.status IN ('open', 'answered') THEN e.first_asked_on ELSE c.as_of END AS first_asked_on,
        CASE WHEN e.status IN ('open', 'answered') THEN e.answer END AS earlier_answer,
        CASE WHEN e.status IN ('open', 'answered') THEN e.answer_word END AS earlier_word,
        CASE WHEN e.status IN ('open', 'answered') THEN e.answered_on END AS earlier_answered_on,
        c.as_of
    FROM corrections.numbered_finding AS a
    CROSS JOIN run.context AS c
    LEFT JOIN run.earlier_question AS e ON e.question_id = a.question_id
    LEFT JOIN run.row_fingerprint AS f ON f.extract = a.extract AND f.row_number = a.row_number
),

raised AS (
    SELECT
        o.*,
        CAST(o.first_asked_on + CAST(o.days AS INTEGER) AS DATE) AS due_by,
        coalesce(n.answer, o.earlier_answer) AS answer,
        CASE WHEN n.question_id IS NOT NULL THEN n.answer_word ELSE o.earlier_word END AS answer_word,
        coalesce(n.answered_on, o.earlier_answered_on) AS answered_on
    FROM open_row AS o
    LEFT JOIN run.question_answer AS n
        ON n.question_id = o.question_id AND n.answered_on >= o.first_asked_on
),

gone AS (
    SELECT
        e.*,
        n.answer AS new_answer,
        n.answer_word AS new_word,
        n.answered_on AS new_answered_on,
        own.delivered AND coalesce(other.delivered, TRUE) AS is_known,
        f.fingerprint IS NOT NULL AS is_as_before,
        c.as_of
    FROM run.earlier_question AS e
    CROSS JOIN run.context AS c
    INNER JOIN run.extract AS own ON own.extract = e.extract
    LEFT JOIN run.extract AS other ON other.extract = e.rests_on
    LEFT JOIN corrections.numbered_finding AS a ON a.question_id = e.question_id
    LEFT JOIN (SELECT DISTINCT extract, fingerprint FROM run.row_fingerprint) AS f
        ON f.extract = e.extract AND f.fingerprint = e.row_fingerprint
    LEFT JOIN run.question_answer AS n
        ON n.question_id = e.question_id
        AND n.answered_on >= e.first_asked_on
        AND e.status IN ('open', 'answered')
    WHERE a.question_id IS NULL
)

SELECT
    question_id,
    department,
    extract,
    file,
    sheet,
    sheet_line,
    row_number,
    role,
    name,
    id_number,
    kind,
    text,
    person_id,
    first_asked_on,
    due_by,
    CASE
        WHEN answer IS NULL OR coalesce(answer_word, '') = '正在核实' THEN 'open'
        WHEN coalesce(answer_word, '') = '已更正' AND date_diff('day', answered_on, as_of) > days THEN 'open'
        ELSE 'answered'
    END AS status,
    answer,
    answer_word,
    answered_on,
    CAST(NULL AS DATE) AS closed_on,
    worth,
    rests_on,
    row_fingerprint
FROM raised
UNION ALL
SELECT
    question_id,
    department,
    extract,
    file,
    sheet,
    sheet_line,
    row_number,
    role,
    name,
    id_number,
    kind,
    text,
    person_id,
    first_asked_on,
    due_by,
    CASE
        WHEN status IN ('settled', 'withdrawn') THEN status
        WHEN is_known AND is_as_before AND coalesce(new_answer, answer) IS NULL THEN 'withdrawn'
        WHEN is_known THEN 'settled'
        WHEN new_answer IS NOT NULL AND coalesce(new_word, '') <> '正在核实' THEN 'answered'
        ELSE status
    END AS status,
    coalesce(new_answer, answer) AS answer,
    CASE WHEN new_answer IS NOT NULL THEN new_word ELSE answer_word END AS answer_word,
    coalesce(new_answered_on, answered_on) AS answered_on,
    CASE
        WHEN status IN ('settled', 'withdrawn') THEN closed_on
        WHEN is_known THEN as_of
    END AS closed_on,
    worth,
    rests_on,
    row_fingerprint
FROM gone
WHERE closed_on IS NULL OR date_diff('day', closed_on, as_of) <= 365
