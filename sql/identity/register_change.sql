-- Contents of register rows that do not stand tonight as on the last night.
-- One row of: content. From: identity.changed_register, replaced_register, assigned_id, last_night.person.
-- `born`: tonight's person; `born_before`: then; NULL where no row reads so, or several do.
WITH tonight AS (
    SELECT r.content, min(a.born) AS born
    FROM identity.changed_register r
    JOIN identity.assigned_id a ON r.person_key = a.person_key
    WHERE r.content IS NOT NULL
    GROUP BY r.content
    HAVING count(*) = 1
),
before AS (
    SELECT k.content, p.born
    FROM identity.replaced_register k
    JOIN last_night.person p ON k.person_key = p.person_key
    WHERE k.content IS NOT NULL
)
SELECT content, t.born, k.born AS born_before
FROM tonight t
FULL JOIN before k USING (content)
WHERE t.born IS DISTINCT FROM k.born
