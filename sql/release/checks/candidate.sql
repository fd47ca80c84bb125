-- List lines that must not be: for nobody, twice for one person and programme, or a stop or cut that rests on a link
-- still under review or on a person linked to no register row. (Unknown actions: `contracts.published.check`.)
-- grain: a programme × action × fault
-- columns: programme, action, fault, lines
-- from: mart.candidate, mart.person
WITH line AS (
    SELECT
        candidate.*,
        person.person_id AS published_id,
        count(*) OVER (PARTITION BY candidate.person_id, candidate.programme) AS lines
    FROM mart.candidate AS candidate
    LEFT JOIN mart.person AS person ON person.person_id = candidate.person_id
)

SELECT programme, action, fault, count(*) AS lines
FROM (
    SELECT
        programme,
        action,
        CASE
            WHEN published_id IS NULL THEN 'names no published person'
            WHEN lines > 1 THEN 'person and programme twice'
            WHEN action IN ('add', 'adjust', 'stop') AND identity_grade = 'review' THEN 'rests on a link under review'
            WHEN action = 'stop' AND stop_evidence IS NULL THEN 'stop without evidence'
        END AS fault
    FROM line
) AS judged
WHERE fault IS NOT NULL
GROUP BY programme, action, fault
