-- Among whom a row stands: its extract, and on the benefit roll its programme.
-- One row of: residual row, or row tied by number and name. From: identity.residual, number_link, intake.benefit_roll
-- (extract 5 of identity.source_row's row keys).
-- materialized: view
WITH extract_name AS (
    SELECT DISTINCT row_key // 10000000000 AS extract_no, extract FROM identity.residual
),
every_row AS (
    SELECT row_key FROM identity.residual
    UNION ALL
    SELECT row_key FROM identity.number_link
),
programme AS (
    SELECT CAST(5 AS BIGINT) * 10000000000 + row_number * 10 AS row_key, programme FROM intake.benefit_roll
)
SELECT r.row_key, concat_ws('/', e.extract, b.programme) AS context
FROM every_row r
JOIN extract_name e ON r.row_key // 10000000000 = e.extract_no
LEFT JOIN programme b ON r.row_key = b.row_key
