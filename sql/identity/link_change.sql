-- Contents of departments' rows that are not linked tonight as on the last night: what has to be remembered anew.
-- One row of: content. From: identity.content_link, loose_link. `born`, `grade`: tonight; `born_before`, `grade_before`: then;
-- NULL where no row reads so, or several do that are linked in different ways.
SELECT content, t.* EXCLUDE (content), k.born AS born_before, k.grade AS grade_before
FROM identity.content_link t
FULL JOIN identity.loose_link k USING (content)
WHERE
    t.born IS DISTINCT FROM k.born
    OR t.grade IS DISTINCT FROM k.grade
    OR t.person_key IS DISTINCT FROM k.person_key
    OR t.clear_no IS DISTINCT FROM k.clear_no
    OR t.door_key IS DISTINCT FROM k.door_key
    OR t.line_key IS DISTINCT FROM k.line_key
