-- The groups that must not be small in any town. place_group: a number; below zero where it is no line's.
-- grain: a person (random key) × group: sex, age group, being alive and registered; each line that is shown; of those
--   of 60 or more who live here, each fact that analyst.elders_in_need counts
-- columns: key, place_group
-- from: release_key.fact, release_key.shown_line
WITH person AS (
    SELECT
        key,
        coalesce(alive AND registered, FALSE) AS lives_here,
        coalesce(alive AND registered AND (age_group >= '60' OR age_group = '100+'), FALSE) AS is_elder,
        CASE sex WHEN 'M' THEN 0 WHEN 'F' THEN 1 ELSE 2 END AS sex,
        CASE
            WHEN age_group = '100+' THEN 20
            WHEN age_group IS NOT NULL THEN CAST(substr(age_group, 1, 2) AS INTEGER) // 5
            ELSE 21
        END AS age_group,
        hard_up,
        disabled_old,
        severely_disabled,
        lives_alone,
        fp_special
    FROM release_key.fact
)

SELECT key, line_group AS place_group
FROM release_key.shown_line
UNION ALL
SELECT key, -1 - (sex * 22 + age_group) * 2 - CASE WHEN lives_here THEN 1 ELSE 0 END AS place_group
FROM person
UNION ALL
SELECT
    p.key,
    -1000 - f.fact * 3 - CASE
        CASE f.fact
            WHEN 0 THEN p.hard_up
            WHEN 1 THEN p.disabled_old
            WHEN 2 THEN p.severely_disabled
            WHEN 3 THEN p.lives_alone
            WHEN 4 THEN p.fp_special
        END
        WHEN TRUE THEN 1
        WHEN FALSE THEN 2
        ELSE 0
    END AS place_group
FROM person AS p
CROSS JOIN (VALUES (0), (1), (2), (3), (4)) AS f (fact)
WHERE p.is_elder
