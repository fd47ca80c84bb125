-- What the two records of a pair say of the person; the right to see the pair is asked before.
-- grain: a record of the pair $pair
-- columns: side, extract, row_number, role, name, id_number, birth_date, sex, address, phone, household_no, area_code,
--   area_name, file, file_row
-- from: mart.area, mart.delivery, mart.identity_review_record
SELECT
    r.side,
    r.extract,
    r.row_number,
    r.role,
    r.name,
    r.id_number,
    r.birth_date,
    r.sex,
    r.address,
    r.phone,
    r.household_no,
    r.area_code,
    a.name AS area_name,
    d.file,
    r.row_number - d.rows_before AS file_row
FROM mart.identity_review_record AS r
LEFT JOIN mart.area AS a ON a.area_code = r.area_code
LEFT JOIN (
    SELECT
        extract,
        file,
        rows_read,
        sum(rows_read) OVER (PARTITION BY extract ORDER BY file) - rows_read AS rows_before
    FROM mart.delivery
    WHERE file IS NOT NULL
) AS d ON d.extract = r.extract AND r.row_number > d.rows_before AND r.row_number <= d.rows_before + d.rows_read
WHERE r.pair_id = $pair
ORDER BY r.side
