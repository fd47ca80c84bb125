-- The answers of a department, each with why it is not taken (`why`, in Chinese; NULL: it is). `answer_word`: the word
-- of ours ($word: all of them, as a pattern) with which the answer begins; an answer without a day counts from $day.
-- grain: a line of an answered list
-- columns: line, question_id, person_id, extract, kind, answer, answer_word, answered_on, dated, why
-- from: mart.question, returns.answer_line
WITH dated AS (
    SELECT
        line,
        question_id,
        answer,
        coalesce(answered_on, CAST($day AS DATE)) AS answered_on,
        answered_on IS NOT NULL AS dated
    FROM returns.answer_line
)

SELECT
    l.line,
    l.question_id,
    q.person_id,
    q.extract,
    q.kind,
    l.answer,
    nullif(regexp_extract(l.answer, concat('^(', $word, ')($|[，。；、,;. ])'), 1), '') AS answer_word,
    l.answered_on,
    l.dated,
    CASE
        WHEN q.question_id IS NULL THEN '问题编号不在本地区的核对问题之中，请核对名单的地区和编号'
        WHEN q.status IN ('settled', 'withdrawn') THEN '该问题已不再提出，无须答复'
        WHEN l.answered_on < q.first_asked_on THEN '答复日期早于问题提出的日期，请更正'
        WHEN l.answered_on > CAST($day AS DATE) THEN '答复日期晚于今天，请更正'
    END AS why
FROM dated AS l
LEFT JOIN latest.mart.question AS q ON q.question_id = l.question_id
ORDER BY l.line
