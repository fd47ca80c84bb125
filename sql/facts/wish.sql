-- facts.wish: whether a person wants a programme: the last 同意 or 不同意 on the as-of date or one of the 365 days before
-- it; on one day a clear link comes before one under review, then the refusal. A word under review takes back no clear
-- refusal: both are then under review.
-- grain: a person × programme
-- columns: person_key, programme, result, said_on, grade, row_number
-- from: facts.outcome, run.context
WITH word AS (
    SELECT o.person_key, o.programme, o.result, o.contacted_on, o.grade, o.grade_rank, o.row_number
    FROM facts.outcome AS o
    CROSS JOIN run.context AS c
    WHERE o.result IN ('同意', '不同意') AND date_diff('day', o.contacted_on, c.as_of) <= 365
),

last_word AS (
    SELECT person_key, programme, result, contacted_on, grade, grade_rank, row_number
    FROM word
    QUALIFY row_number() OVER (
        PARTITION BY person_key, programme ORDER BY contacted_on DESC, grade_rank = 4, result = '不同意' DESC
    ) = 1
),

last_clear AS (
    SELECT person_key, programme, result, contacted_on, grade, row_number
    FROM word
    WHERE grade_rank < 4
    QUALIFY row_number() OVER (
        PARTITION BY person_key, programme ORDER BY contacted_on DESC, result = '不同意' DESC
    ) = 1
)

SELECT
    l.person_key,
    l.programme,
    CASE WHEN c.result = '不同意' THEN c.result ELSE l.result END AS result,
    CASE WHEN c.result = '不同意' THEN c.contacted_on ELSE l.contacted_on END AS said_on,
    CASE
        WHEN c.result = '不同意' AND l.result = '不同意' THEN c.grade
        WHEN c.result = '不同意' THEN 'review'
        ELSE l.grade
    END AS grade,
    CASE WHEN c.result = '不同意' THEN c.row_number ELSE l.row_number END AS row_number
FROM last_word AS l
LEFT JOIN last_clear AS c
    ON c.person_key = l.person_key AND c.programme = l.programme AND l.grade_rank = 4
