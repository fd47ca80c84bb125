-- facts.threshold: the days within the next 60 (the 60th counts) on which a person's own age reaches something: a
-- birthday, or a statutory pension age.
-- grain: a living person × such a day, with age and employee_age_reached as they will be on it
-- columns: person_key, on_day, age, employee_age_reached
-- from: facts.birthday, facts.pension_age, facts.person, run.context
WITH soon AS (
    SELECT d.birth_date, y.sex, y.first_day, y.last_day, d.on_day
    FROM facts.birthday AS d
    INNER JOIN facts.pension_age AS y ON y.birth_date = d.birth_date
    UNION
    SELECT birth_date, sex, first_day, last_day, first_day AS on_day
    FROM facts.pension_age
    UNION
    SELECT birth_date, sex, first_day, last_day, last_day AS on_day
    FROM facts.pension_age
),

ahead AS (
    SELECT s.birth_date, s.sex, s.first_day, s.last_day, s.on_day, max(d.age) AS age
    FROM soon AS s
    CROSS JOIN run.context AS c
    LEFT JOIN facts.birthday AS d ON d.birth_date = s.birth_date AND d.on_day <= s.on_day
    WHERE date_diff('day', c.as_of, s.on_day) BETWEEN 1 AND 60
    GROUP BY s.birth_date, s.sex, s.first_day, s.last_day, s.on_day
)

SELECT
    p.person_key,
    a.on_day,
    a.age,
    CASE WHEN a.on_day >= a.last_day THEN TRUE WHEN a.on_day < a.first_day THEN FALSE END AS employee_age_reached
FROM facts.person AS p
INNER JOIN ahead AS a ON a.birth_date = p.birth_date AND a.sex IS NOT DISTINCT FROM p.sex
WHERE p.alive
