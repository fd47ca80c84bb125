-- Contents of departments' rows that are not linked tonight as on the last night: what has to be remembered anew.
-- One row of: content. From: identity.linked_content, last_night.link. `born`, `grade`: tonight; `born_before`,
-- `grade_before`: then; NULL where no row reads so, or several do that are linked in different ways (rows that read the
-- same and are persons of their own cannot be told apart).
WITH differing AS (
    SELECT DISTINCT content
    FROM identity.linked_content t
    FULL JOIN last_night.link k USING (content)
    WHERE t.born IS DISTINCT FROM k.born OR t.grade IS DISTINCT FROM k.grade
),
tonight AS (
    SELECT content, min(born) AS born, min(grade) AS grade
    FROM identity.linked_content
    SEMI JOIN differing USING (content)
    GROUP BY content
    HAVING min(born) = max(born) AND min(grade) = max(grade)
)
SELECT d.content, t.born, t.grade, k.born AS born_before, k.grade AS grade_before
FROM differing d
LEFT JOIN tonight t ON d.content = t.content
LEFT JOIN last_night.link k ON d.content = k.content
WHERE t.born IS DISTINCT FROM k.born OR t.grade IS DISTINCT FROM k.grade
