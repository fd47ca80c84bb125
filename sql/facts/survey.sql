-- facts.survey: how an older person lives, as last surveyed by the as-of date. Of several the latest 调查日期 counts
-- (missing last); on one day a clear link comes before one under review, then the first row; the whole row counts: what
-- it leaves open stays NULL.
-- grain: a surveyed person
-- columns: person_key, grade_rank, row_number, lives_alone, empty_nest, left_behind, has_supporter, surveyed_on
-- from: facts.link, intake.care_survey, run.context
SELECT
    l.person_key,
    l.grade_rank,
    s.row_number,
    s.lives_alone,
    s.empty_nest,
    s.left_behind,
    s.has_supporter,
    s.surveyed_on
FROM intake.care_survey AS s
INNER JOIN facts.link AS l ON l.extract = 'care_survey' AND l.row_number = s.row_number
CROSS JOIN run.context AS c
WHERE coalesce(s.surveyed_on <= c.as_of, TRUE)
QUALIFY row_number() OVER (
    PARTITION BY l.person_key ORDER BY s.surveyed_on DESC NULLS LAST, l.grade_rank = 4, s.row_number
) = 1
