-- facts.pension_age: on which day someone born on a day reaches the statutory pension age of the employees' scheme
-- (渐进式延迟法定退休年龄, in force from 2025-01-01). first_day and last_day differ for a woman (base age 50 or 55; the extracts
-- do not give it) and where the sex is not known: from last_day on the age is reached, before first_day it is not,
-- between them it is not known. A month without the day: the first of the next month.
-- grain: a birth date × sex that occurs among the persons
-- columns: birth_date, sex, first_day, last_day
-- from: facts.birth
WITH born AS (
    SELECT DISTINCT birth_date
    FROM facts.birth
    WHERE birth_date IS NOT NULL
),

rule AS (
    SELECT *
    FROM (
        VALUES
            ('M', 60, 1965 * 12, 4, 36),
            ('F', 55, 1970 * 12, 4, 36),
            ('F', 50, 1975 * 12, 2, 60)
    ) AS t (sex, base_age, first_month, step, cap)
),

shifted AS (
    SELECT
        b.birth_date,
        r.sex,
        year(b.birth_date) * 12 + month(b.birth_date) - 1 + r.base_age * 12
        + CASE
            WHEN year(b.birth_date) * 12 + month(b.birth_date) - 1 < r.first_month THEN 0
            ELSE least(r.cap, (year(b.birth_date) * 12 + month(b.birth_date) - 1 - r.first_month) // r.step + 1)
        END AS month_number
    FROM born AS b
    CROSS JOIN rule AS r
),

month_start AS (
    SELECT
        birth_date,
        sex,
        make_date(CAST(month_number // 12 AS INTEGER), CAST(month_number % 12 + 1 AS INTEGER), 1) AS this_month,
        make_date(
            CAST((month_number + 1) // 12 AS INTEGER), CAST((month_number + 1) % 12 + 1 AS INTEGER), 1
        ) AS next_month
    FROM shifted
),

reached AS (
    SELECT
        birth_date,
        sex,
        CASE
            WHEN day(birth_date) <= day(last_day(this_month))
                THEN make_date(year(this_month), month(this_month), day(birth_date))
            ELSE next_month
        END AS on_day
    FROM month_start
)

SELECT birth_date, sex, min(on_day) AS first_day, max(on_day) AS last_day
FROM reached
GROUP BY birth_date, sex
UNION ALL
SELECT birth_date, NULL AS sex, min(on_day) AS first_day, max(on_day) AS last_day
FROM reached
GROUP BY birth_date
