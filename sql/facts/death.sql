-- facts.death: who is known dead on the as-of date, since when, and on how many independent sources. A death record
-- whose link is still under review makes nobody dead; one dated after the as-of date is not yet a death. Of several
-- death records the best link counts, then the later date: it takes the least away. A death before the birth of the
-- person cannot be: no record of it makes anybody dead (it counts as one under review), and of a 死亡注销 row the day is
-- not known. Where death_record is absent its intake table is empty and the register alone decides.
-- grain: a dead person
-- columns: person_key, died_on, death_evidence, record_grade_rank, record_row_number, death_row_number
-- from: facts.birth, facts.link, facts.register, intake.death_record, run.context
WITH recorded AS (
    SELECT
        l.person_key,
        l.grade_rank,
        d.row_number,
        d.died_on
    FROM intake.death_record AS d
    INNER JOIN facts.link AS l ON l.extract = 'death_record' AND l.row_number = d.row_number
    CROSS JOIN run.context AS c
    LEFT JOIN facts.birth AS b ON b.person_key = l.person_key
    WHERE l.grade_rank < 4 AND d.died_on <= c.as_of AND NOT coalesce(d.died_on < b.birth_date, FALSE)
    QUALIFY row_number() OVER (
        PARTITION BY l.person_key ORDER BY l.grade_rank, d.died_on DESC, d.row_number
    ) = 1
),

registered AS (
    SELECT
        r.person_key,
        r.death_row_number,
        CASE WHEN NOT coalesce(r.death_row_on < b.birth_date, FALSE) THEN r.death_row_on END AS death_row_on
    FROM facts.register AS r
    LEFT JOIN facts.birth AS b ON b.person_key = r.person_key
    WHERE r.has_death_row
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
