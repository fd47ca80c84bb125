-- Links by number and name that stand as they stood last night: the row reads the same, and of nobody who bears its number
-- does the register say anything else. One row of: source row.
-- From: identity.row_content, changed_register, replaced_register, last_night.link, last_night.register.
WITH touched AS (
    SELECT r.number_no
    FROM last_night.register r
    SEMI JOIN identity.replaced_register c ON r.row_key = c.row_key
    WHERE r.number_no IS NOT NULL
    UNION
    SELECT number_no FROM identity.changed_register WHERE number_no IS NOT NULL
)
SELECT c.row_key, c.content, l.person_key, l.clear_no AS number_no, l.birth_agrees, l.sex_agrees
FROM identity.row_content c
JOIN (
    SELECT k.* FROM last_night.link k ANTI JOIN touched t ON k.clear_no = t.number_no WHERE k.clear_no IS NOT NULL
) l ON c.content = l.content
