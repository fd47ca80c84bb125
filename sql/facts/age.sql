-- facts.age: completed years on the as-of date of everybody born on a day: the age on the last birthday.
-- grain: a birth date that occurs among the persons
-- columns: birth_date, age
-- from: facts.birth, facts.birthday, run.context
WITH passed AS (
    SELECT d.birth_date, max(d.age) AS age
    FROM facts.birthday AS d
    CROSS JOIN run.context AS c
    WHERE d.on_day <= c.as_of
    GROUP BY d.birth_date
)

SELECT DISTINCT b.birth_date, coalesce(p.age, 0) AS age
FROM facts.birth AS b
LEFT JOIN passed AS p ON p.birth_date = b.birth_date
WHERE b.birth_date IS NOT NULL
