-- facts.reached: the birthdays on the as-of date or one of the 30 days before it. One row: a living person × such a birthday, with the
-- age completed on it. From facts.person, facts.birthday, run.context.
SELECT p.person_key, d.on_day, d.age
FROM facts.birthday AS d
CROSS JOIN run.context AS c
INNER JOIN facts.person AS p ON p.birth_date = d.birth_date
WHERE date_diff('day', d.on_day, c.as_of) BETWEEN 0 AND 30 AND p.alive
