-- facts.declined: a programme that a person refused on the as-of date or one of the 365 days before it, and did not accept since.
-- One row: a person × programme. The last word counts: a later 同意 undoes a 不同意 (on one day a clear link before one under
-- review, then the later row); 未联系上 and 信息有误 say nothing. A refusal under review is graded so: it may be another person's.
-- From intake.outreach_outcome, facts.link, run.context.
WITH word AS (
    SELECT
        l.person_key,
        l.grade,
        o.row_number,
        o.programme,
        o.result,
        o.contacted_on
    FROM intake.outreach_outcome AS o
    INNER JOIN facts.link AS l ON l.extract = 'outreach_outcome' AND l.row_number = o.row_number
    CROSS JOIN run.context AS c
    WHERE
        o.result IN ('同意', '不同意')
        AND date_diff('day', o.contacted_on, c.as_of) BETWEEN 0 AND 365
    QUALIFY row_number() OVER (
        PARTITION BY l.person_key, o.programme ORDER BY o.contacted_on DESC, l.grade_rank = 4, o.row_number DESC
    ) = 1
)

SELECT
    person_key,
    programme,
    contacted_on AS declined_on,
    grade,
    row_number
FROM word
WHERE result = '不同意'
