-- How each content of departments' rows is linked tonight, unless its link is carried over. One row of: content.
-- From: identity.linked_content. Not those that several rows say alike and that are linked in different ways (rows that
-- are persons of their own cannot be told apart).
SELECT
    content,
    min(roll) AS roll,
    min(born) AS born,
    min(grade) AS grade,
    min(person_key) AS person_key,
    min(clear_no) AS clear_no,
    min(birth_agrees) AS birth_agrees,
    min(sex_agrees) AS sex_agrees
FROM identity.linked_content
GROUP BY content
HAVING min(born) = max(born) AND min(grade) = max(grade)
