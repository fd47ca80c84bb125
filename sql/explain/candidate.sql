-- The list lines of one person. One row: a programme × action. From mart.candidate.
SELECT *
FROM mart.candidate
WHERE person_id = $person_id
ORDER BY programme, action
