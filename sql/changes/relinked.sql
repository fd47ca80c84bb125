-- changes.relinked: persons of changed lines to whom a row came, from whom it went, or whose link became clear or
-- doubtful, although the row itself is the same as on the previous night.
-- grain: a person × extract × kind (came, went, clear, doubtful)
-- columns: person_id, extract, kind
-- from: changes.subject, identity.relinked
SELECT DISTINCT
    s.person_id,
    r.extract,
    CASE
        WHEN r.person_id_before IS DISTINCT FROM s.person_id_before THEN 'came'
        WHEN r.grade = 'review' THEN 'doubtful'
        ELSE 'clear'
    END AS kind
FROM identity.relinked AS r
INNER JOIN changes.subject AS s ON s.person_key = r.person_key
WHERE
    r.person_id_before IS DISTINCT FROM s.person_id_before
    OR (r.grade = 'review') <> (coalesce(r.grade_before, '') = 'review')
UNION ALL
SELECT DISTINCT
    s.person_id,
    r.extract,
    'went' AS kind
FROM identity.relinked AS r
INNER JOIN changes.subject AS s ON s.person_id_before = r.person_id_before
WHERE s.person_key IS DISTINCT FROM r.person_key
