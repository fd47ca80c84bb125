-- Rows that are not, or not clearly, linked to one person and could be the person's.
-- grain: such a source row × reason
-- columns: extract, row_number, role, reason
-- from: mart.identity_possible
SELECT
    extract,
    row_number,
    role,
    reason
FROM mart.identity_possible
WHERE person_id = $person_id
ORDER BY extract, row_number, role, reason
