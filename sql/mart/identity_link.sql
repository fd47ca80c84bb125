-- mart.identity_link: who each accepted row is. A link under review names the person proposed.
-- grain: a source row × role (a marriage row gives husband and wife)
-- columns: extract, row_number, role, person_id, grade, score, method, reasons, pattern
-- from: identity.link, identity.person
SELECT
    l.extract,
    l.row_number,
    l.role,
    p.person_id,
    l.grade,
    l.score,
    l.method,
    l.reasons,
    l.pattern
FROM identity.link AS l
INNER JOIN identity.person AS p ON p.person_key = l.person_key
