-- The questions to departments, and the money a month at stake: it counts once a person, however many questions are
-- about the person.
-- grain: one row in all
-- columns: waiting, overdue, answered, settled, waiting_worth, settled_worth
-- from: mart.question, mart.run
WITH at_stake AS (
    SELECT
        coalesce(person_id, question_id) AS subject,
        max(worth) FILTER (status = 'open') AS open_worth,
        max(worth) FILTER (status = 'settled') AS settled_worth
    FROM mart.question
    GROUP BY coalesce(person_id, question_id)
),

worth AS (
    SELECT
        coalesce(sum(open_worth), 0) AS waiting_worth,
        coalesce(sum(settled_worth), 0) AS settled_worth
    FROM at_stake
)

SELECT
    count(*) FILTER (q.status = 'open') AS waiting,
    count(*) FILTER (q.status = 'open' AND q.due_by < r.as_of) AS overdue,
    count(*) FILTER (q.status = 'answered') AS answered,
    count(*) FILTER (q.status = 'settled') AS settled,
    any_value(w.waiting_worth) AS waiting_worth,
    any_value(w.settled_worth) AS settled_worth
FROM mart.run AS r
CROSS JOIN worth AS w
LEFT JOIN mart.question AS q ON TRUE
