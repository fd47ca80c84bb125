-- facts.hardship: the low-income rolls a person is on. A roll known only through a link under review counts, and makes
-- the grade 'review'; where a clear link names the same roll, the clear one counts. hardship_since is the first day
-- of the leading roll (order 13, 12, 11, 21, 22, 31); hardship_ended_on the latest end before the as-of date.
-- grain: a person with a row of hardship_roll, current or ended
-- columns: person_key, rolls, lead, on_minimum_living, on_destitute_dispersed, on_destitute_central, on_margin,
--   on_expenditure, on_poverty_watch, hardship_since, hardship_ended_on, grade_rank, roll_rows, ended_row_number
-- from: facts.roll
WITH roll AS (
    SELECT
        person_key,
        category,
        lead,
        min(grade_rank) AS grade_rank,
        min(recognised_on) AS since,
        arg_min(row_number, grade_rank * 10000000000 + row_number) AS row_number
    FROM facts.roll
    WHERE is_current
    GROUP BY person_key, category, lead
),

current_rolls AS (
    SELECT
        person_key,
        array_sort(list(category)) AS rolls,
        min(lead) AS lead,
        arg_min(struct_pack(since := since), lead) AS leading,
        bool_or(category = 11) AS on_minimum_living,
        bool_or(category = 12) AS on_destitute_dispersed,
        bool_or(category = 13) AS on_destitute_central,
        bool_or(category = 21) AS on_margin,
        bool_or(category = 22) AS on_expenditure,
        bool_or(category = 31) AS on_poverty_watch,
        max(grade_rank) AS grade_rank,
        list(struct_pack(category := category, row_number := row_number)) AS roll_rows
    FROM roll
    GROUP BY person_key
),

ended AS (
    SELECT person_key, row_number, ended_on
    FROM facts.roll
    WHERE is_over
    QUALIFY row_number() OVER (PARTITION BY person_key ORDER BY ended_on DESC, row_number) = 1
)

SELECT
    coalesce(r.person_key, e.person_key) AS person_key,
    r.rolls,
    r.lead,
    r.on_minimum_living,
    r.on_destitute_dispersed,
    r.on_destitute_central,
    r.on_margin,
    r.on_expenditure,
    r.on_poverty_watch,
    r.leading.since AS hardship_since,
    e.ended_on AS hardship_ended_on,
    r.grade_rank,
    r.roll_rows,
    e.row_number AS ended_row_number
FROM current_rolls AS r
FULL OUTER JOIN ended AS e ON e.person_key = r.person_key
