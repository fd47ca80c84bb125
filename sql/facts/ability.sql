-- facts.ability: the ability assessment that counts. Valid: 评估日期 not after the as-of date and 有效期至 (missing: two years
-- after 评估日期) not before it. Of several valid ones the latest counts; on one day a clear link comes before one under
-- review, then the graver level, then the first row.
-- grain: a person with an assessment, valid or run out
-- columns: person_key, has_assessment, ability_level, ability_since, ability_ended_on, grade_rank, row_number,
--   ended_row_number, last_assessed_on
-- from: facts.assessment, run.context
WITH linked AS (
    SELECT a.person_key, a.grade_rank, a.row_number, a.level, a.assessed_on, a.valid_until, c.as_of
    FROM facts.assessment AS a
    CROSS JOIN run.context AS c
),

valid AS (
    SELECT person_key, grade_rank, row_number, level, assessed_on
    FROM linked
    WHERE valid_until >= as_of
    QUALIFY row_number() OVER (
        PARTITION BY person_key
        ORDER BY assessed_on DESC, grade_rank = 4, level DESC NULLS LAST, row_number
    ) = 1
),

last_assessed AS (
    SELECT person_key, max(assessed_on) AS last_assessed_on
    FROM linked
    GROUP BY person_key
),

ended AS (
    SELECT person_key, row_number, valid_until AS ended_on
    FROM linked
    WHERE valid_until < as_of
    QUALIFY row_number() OVER (PARTITION BY person_key ORDER BY valid_until DESC, row_number) = 1
)

SELECT
    a.person_key,
    v.person_key IS NOT NULL AS has_assessment,
    v.level AS ability_level,
    v.assessed_on AS ability_since,
    e.ended_on AS ability_ended_on,
    v.grade_rank,
    v.row_number,
    e.row_number AS ended_row_number,
    a.last_assessed_on
FROM last_assessed AS a
LEFT JOIN valid AS v ON v.person_key = a.person_key
LEFT JOIN ended AS e ON e.person_key = a.person_key
