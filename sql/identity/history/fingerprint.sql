-- Whose each row is tonight, by its content, so that another night can see which rows moved. Not contents that several
-- rows share and that are linked in different ways (rows that are persons of their own look alike). `alone`:
-- the only register row of its person.
-- grain: a content
-- columns: content, born, grade, alone
-- from: identity.assigned_id, identity.deterministic_link, identity.evidence_link, identity.register_profile,
--   identity.row_content
WITH linked AS (
    SELECT row_key, person_key, grade FROM identity.deterministic_link
    UNION ALL
    SELECT row_key, person_key, grade FROM identity.evidence_link
),
owner AS (
    SELECT content, person_key, 'exact' AS grade, alone
    FROM identity.register_profile
    WHERE content IS NOT NULL
    UNION ALL
    SELECT row_content.content, linked.person_key, linked.grade, FALSE
    FROM linked
    JOIN identity.row_content ON linked.row_key = row_content.row_key
)
SELECT owner.content, min(assigned.born) AS born, min(owner.grade) AS grade, bool_or(owner.alone) AS alone
FROM owner
JOIN identity.assigned_id AS assigned ON owner.person_key = assigned.person_key
GROUP BY owner.content
HAVING min(assigned.born) = max(assigned.born) AND min(owner.grade) = max(owner.grade)
