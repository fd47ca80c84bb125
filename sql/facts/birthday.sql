-- facts.birthday: the birthdays around the as-of date (last, this and next calendar year) of everybody born on a day.
-- Born on 29 February: the birthday is 1 March in common years.
-- grain: a birth date that occurs among the persons × a birthday, with the age completed on it
-- columns: birth_date, on_day, age
-- from: facts.birth, run.context
WITH born AS (
    SELECT DISTINCT birth_date
    FROM facts.birth
    WHERE birth_date IS NOT NULL
),

years AS (
    SELECT year(as_of) + step AS calendar_year
    FROM run.context
    CROSS JOIN (VALUES (-1), (0), (1)) AS t (step)
)

SELECT
    b.birth_date,
    CASE
        WHEN
            month(b.birth_date) = 2 AND day(b.birth_date) = 29
            AND NOT (y.calendar_year % 4 = 0 AND (y.calendar_year % 100 <> 0 OR y.calendar_year % 400 = 0))
            THEN make_date(CAST(y.calendar_year AS INTEGER), 3, 1)
        ELSE make_date(CAST(y.calendar_year AS INTEGER), month(b.birth_date), day(b.birth_date))
    END AS on_day,
    CAST(y.calendar_year - year(b.birth_date) AS INTEGER) AS age
FROM born AS b
CROSS JOIN years AS y
WHERE y.calendar_year > year(b.birth_date)
