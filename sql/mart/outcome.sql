-- mart.outcome: the log of answers as far as this night knows it: what it remembers and what its batch added. From it
-- the log in state/ can be made again.
-- grain: an answer of the log
-- columns: lot, received_on, via, person_id, programme, result, contacted_on, handler, grade, about, row_number
-- from: run.received_outcome, run.remembered_outcome
SELECT
    lot, received_on, via, person_id, programme, result, contacted_on, handler, grade, about, row_number
FROM run.remembered_outcome
UNION ALL
SELECT
    lot, received_on, via, person_id, programme, result, contacted_on, handler, grade, about, row_number
FROM run.received_outcome
