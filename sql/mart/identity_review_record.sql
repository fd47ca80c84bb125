-- mart.identity_review_record: what the two records of each pair before a clerk say of the person, as delivered; the
-- address as addresses are compared.
-- grain: a record of a pair (pair × side)
-- columns: pair_id, side, extract, row_number, role, name, id_number, birth_date, sex, address, phone, household_no,
--   area_code
-- from: identity.review, identity.source_row
SELECT
    r.pair_id,
    r.side,
    r.extract,
    r.row_number,
    r.role,
    s.name,
    s.id_number,
    s.birth_date,
    s.sex,
    s.address,
    s.phone,
    s.household_no,
    s.area_code
FROM (
    SELECT pair_id, 'left' AS side, left_extract AS extract, left_row_number AS row_number, left_role AS role
    FROM identity.review
    UNION ALL
    SELECT pair_id, 'right', right_extract, right_row_number, right_role
    FROM identity.review
) AS r
INNER JOIN identity.source_row AS s
    ON s.extract = r.extract AND s.row_number = r.row_number AND s.role = r.role
ORDER BY r.pair_id, r.side
