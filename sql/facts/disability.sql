-- facts.disability: the disability certificate that counts. Of several valid ones the latest 发证日期 counts (missing
-- last); on one day a clear link comes before one under review, then the graver grade, then the first row. A
-- missing category or grade stays NULL: not known.
-- grain: a person with a linked certificate, valid or not
-- columns: person_key, has_certificate, category, grade, certificate_since, certificate_ended_on, grade_rank,
--   row_number, ended_row_number
-- from: facts.certificate
WITH valid AS (
    SELECT person_key, grade_rank, row_number, category, grade, issued_on
    FROM facts.certificate
    WHERE is_valid
    QUALIFY row_number() OVER (
        PARTITION BY person_key
        ORDER BY issued_on DESC NULLS LAST, grade_rank = 4, grade ASC NULLS LAST, row_number
    ) = 1
),

ended AS (
    SELECT person_key, row_number, valid_until AS ended_on
    FROM facts.certificate
    WHERE is_expired
    QUALIFY row_number() OVER (PARTITION BY person_key ORDER BY valid_until DESC, row_number) = 1
)

SELECT
    coalesce(v.person_key, e.person_key) AS person_key,
    v.person_key IS NOT NULL AS has_certificate,
    v.category,
    v.grade,
    v.issued_on AS certificate_since,
    e.ended_on AS certificate_ended_on,
    v.grade_rank,
    v.row_number,
    e.row_number AS ended_row_number
FROM valid AS v
FULL OUTER JOIN ended AS e ON e.person_key = v.person_key
