-- facts.recent_birthday: the birthdays on the as-of date or one of the 30 days before it.
-- grain: a living person × such a birthday, with the age completed on it
-- columns: person_key, on_day, age
-- from: facts.birthday, facts.person, run.context
SELECT p.person_key, d.on_day, d.age
FROM facts.birthday AS d
CROSS JOIN run.context AS c
INNER JOIN facts.person AS p ON p.birth_date = d.birth_date
WHERE date_diff('day', d.on_day, c.as_of) BETWEEN 0 AND 30 AND p.alive
