-- Among whom a row stands: its extract, and on the benefit roll its programme, in the marriage register the event; with
-- the person, where number and name tie it to one. `roll`: where a person's other rows are looked for (a divorce follows
-- a marriage). One row of: residual row, or row tied by number and name. From: identity.residual, number_link,
-- intake.marriage_register and benefit_roll (extracts 2 and 5 of identity.source_row's row keys).
-- A table: half a dozen models read it, and each would join two million keys to the rolls anew.
WITH extract_name AS (
    SELECT DISTINCT row_key // 10000000000 AS extract_no, extract FROM identity.residual
),
every_row AS (
    SELECT row_key, CAST(NULL AS BIGINT) AS person_key FROM identity.residual
    UNION ALL
    SELECT row_key, person_key FROM identity.number_link
)
SELECT r.row_key, r.person_key, e.extract AS context, e.extract AS roll
FROM every_row r
JOIN extract_name e ON r.row_key // 10000000000 = e.extract_no
WHERE r.row_key NOT BETWEEN 20000000000 AND 29999999999 AND r.row_key NOT BETWEEN 50000000000 AND 59999999999
UNION ALL
SELECT r.row_key, r.person_key, concat_ws('/', e.extract, CAST(m.event AS VARCHAR)), e.extract
FROM every_row r
JOIN extract_name e ON e.extract_no = 2
JOIN intake.marriage_register m ON r.row_key % 10000000000 // 10 = m.row_number
WHERE r.row_key BETWEEN 20000000000 AND 29999999999
UNION ALL
SELECT r.row_key, r.person_key, concat_ws('/', e.extract, b.programme), concat_ws('/', e.extract, b.programme)
FROM every_row r
JOIN extract_name e ON e.extract_no = 5
JOIN intake.benefit_roll b ON r.row_key % 10000000000 // 10 = b.row_number
WHERE r.row_key BETWEEN 50000000000 AND 59999999999
