-- facts.assessment: the ability assessments done by the as-of date. valid_until: 有效期至, where it is missing two years
-- after 评估日期.
-- grain: an assessment
-- columns: person_key, grade_rank, row_number, level, assessed_on, valid_until
-- from: facts.link, intake.ability_assessment, run.context
-- materialized: view
SELECT
    l.person_key,
    l.grade_rank,
    a.row_number,
    a.level,
    a.assessed_on,
    coalesce(
        a.valid_until,
        CASE
            WHEN month(a.assessed_on) = 2 AND day(a.assessed_on) = 29
                THEN make_date(CAST(year(a.assessed_on) + 2 AS INTEGER), 3, 1)
            ELSE
                make_date(CAST(year(a.assessed_on) + 2 AS INTEGER), month(a.assessed_on), day(a.assessed_on))
        END
    ) AS valid_until
FROM intake.ability_assessment AS a
INNER JOIN facts.link AS l ON l.extract = 'ability_assessment' AND l.row_number = a.row_number
CROSS JOIN run.context AS c
WHERE a.assessed_on <= c.as_of
