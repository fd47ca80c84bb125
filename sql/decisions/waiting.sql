-- Who waits for a place: last answered 同意, is eligible as of today, and has none. Who has not answered yet is on the
-- `add` list. columns: from:
-- grain: a person × programme of the region's queue
-- columns: person_key, programme, agreed_on, grade
-- from: decisions.queue, decisions.receipt, decisions.verdict, facts.wish
SELECT w.person_key, w.programme, w.said_on AS agreed_on, w.grade
FROM facts.wish AS w
INNER JOIN decisions.queue AS q ON q.programme = w.programme AND q.position = 1
INNER JOIN decisions.verdict AS v
    ON v.person_key = w.person_key AND v.programme = w.programme AND v.decision = 'eligible'
LEFT JOIN decisions.receipt AS r ON r.person_key = w.person_key AND r.programme = w.programme
WHERE w.result = '同意' AND r.person_key IS NULL
