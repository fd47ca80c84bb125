-- Whose line it is: by the person's id; without it by a number that one person has, or by the masked number and the
-- name where they are one person's.
-- grain: a line of a filled-in list
-- columns: line, stated_id, person_id, grade, is_known, known_name, name_key, programme, result, contacted_on, handler
-- from: mart.person, returns.old_id, returns.outcome_line
WITH masked AS (
    SELECT
        name,
        concat(left(id_number, 6), '|', right(id_number, 4)) AS ends,
        count(*) AS people,
        min(person_id) AS person_id
    FROM latest.mart.person
    WHERE length(id_number) = 18
    GROUP BY name, concat(left(id_number, 6), '|', right(id_number, 4))
),

numbered AS (
    SELECT id_number, count(*) AS people, min(person_id) AS person_id
    FROM latest.mart.person
    WHERE id_number IS NOT NULL
    GROUP BY id_number
)

SELECT
    l.line,
    l.person_id AS stated_id,
    coalesce(l.person_id, n.person_id, m.person_id) AS person_id,
    CASE
        WHEN l.person_id IS NOT NULL OR n.person_id IS NOT NULL THEN 'exact'
        ELSE 'strong'
    END AS grade,
    coalesce(p.person_id IS NOT NULL OR o.person_id IS NOT NULL, FALSE) AS is_known,
    p.name AS known_name,
    l.name_key,
    l.programme,
    l.result,
    l.contacted_on,
    l.handler
FROM returns.outcome_line AS l
LEFT JOIN numbered AS n ON l.person_id IS NULL AND n.id_number = l.id_number18 AND n.people = 1
LEFT JOIN masked AS m
    ON l.person_id IS NULL
    AND l.id_number18 IS NULL
    AND regexp_matches(l.id_number, '^[0-9]{6}[*]{8}[0-9]{3}[0-9X]$')
    AND m.ends = concat(left(l.id_number, 6), '|', right(l.id_number, 4))
    AND m.name = l.name
    AND m.people = 1
LEFT JOIN latest.mart.person AS p ON p.person_id = coalesce(l.person_id, n.person_id, m.person_id)
LEFT JOIN (SELECT DISTINCT person_id FROM returns.old_id) AS o ON o.person_id = l.person_id
