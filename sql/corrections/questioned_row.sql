-- Rows of the persons about whom a department is asked, or was asked before: what they say tonight shows whether an
-- answer changed anything.
-- grain: a source row
-- columns: extract, row_number
-- from: corrections.numbered_finding, identity.link, identity.person, run.earlier_question
WITH questioned AS (
    SELECT extract, person_id FROM corrections.numbered_finding
    UNION
    SELECT extract, person_id FROM run.earlier_question
)

SELECT DISTINCT
    l.extract,
    l.row_number
FROM questioned AS q
INNER JOIN identity.person AS p ON p.person_id = q.person_id
INNER JOIN identity.link AS l ON l.person_key = p.person_key AND l.extract = q.extract
