-- Contents of register rows that do not stand tonight as on the last night: what has to be remembered anew.
-- One row of: content. From: identity.register_profile, unchanged_person, assigned_id, last_night.register. `born`, `alone`:
-- tonight; `born_before`: then; NULL where no row reads so, or several do.
WITH tonight AS (
    SELECT r.content, min(a.born) AS born, bool_and(r.alone) AS alone
    FROM identity.register_profile r
    ANTI JOIN identity.unchanged_person u ON r.row_key = u.person_key
    JOIN identity.assigned_id a ON r.person_key = a.person_key
    GROUP BY r.content
    HAVING count(*) = 1
),
before AS (
    SELECT k.content, k.born, k.alone
    FROM last_night.register k
    ANTI JOIN identity.unchanged_person u ON k.content = u.content
)
SELECT content, t.born, t.alone, k.born AS born_before
FROM tonight t
FULL JOIN before k USING (content)
WHERE t.born IS DISTINCT FROM k.born OR t.alone IS DISTINCT FROM k.alone
