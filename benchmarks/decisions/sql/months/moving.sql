-- Whom age brings over a threshold of the policy in one of the coming months.
-- One row: a living person and the first day of the month by which the person has reached the age.
-- From facts.person (as of the first month), months.near (an age today and the threshold next to it), months.day (the first
-- day of each later month, and its number: months since year 0).
SELECT
    p.person_key,
    d.on_day,
    n.threshold AS age,
    p.employee_age_reached
FROM facts.person AS p
INNER JOIN months.near AS n ON n.age = p.age
INNER JOIN months.day AS d
    ON d.number = (year(p.birth_date) + n.threshold) * 12 + month(p.birth_date)
        - CASE WHEN day(p.birth_date) > 1 THEN 0 ELSE 1 END
WHERE p.alive
