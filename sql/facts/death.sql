-- facts.death: who is known dead on the as-of date, since when, and on how many independent sources.
-- One row: a dead person. A death record whose link is still under review makes nobody dead; one dated after the as-of
-- date is not yet a death. Of several death records the best link counts, then the later date: it takes the least away.
-- Where death_record is absent its intake table is empty and the register alone decides.
-- From facts.register, intake.death_record, facts.link, run.context.
WITH recorded AS (
    SELECT
        l.person_key,
        l.grade_rank,
        d.row_number,
        d.died_on
    FROM intake.death_record AS d
    INNER JOIN facts.link AS l ON l.extract = 'death_record' AND l.row_number = d.row_number
    CROSS JOIN run.context AS c
    WHERE l.grade_rank < 4 AND d.died_on <= c.as_of
    QUALIFY row_number() OVER (
        PARTITION BY l.person_key ORDER BY l.grade_rank, d.died_on DESC, d.row_number
    ) = 1
),

registered AS (
    SELECT person_key, death_row_number, death_row_on
    FROM facts.register
    WHERE has_death_row
)

SELECT
    coalesce(d.person_key, r.person_key) AS person_key,
    coalesce(d.died_on, r.death_row_on) AS died_on,
    CASE
        WHEN d.person_key IS NOT NULL AND r.person_key IS NOT NULL THEN 'two sources'
        ELSE 'one source'
    END AS death_evidence,
    d.grade_rank AS record_grade_rank,
    d.row_number AS record_row_number,
    r.death_row_number
FROM recorded AS d
FULL OUTER JOIN registered AS r ON r.person_key = d.person_key
