-- The extracts by the number with which their row keys begin. One row of: extract with rows. From: identity.source_row.
SELECT DISTINCT row_key // 10000000000 AS extract_no, extract FROM identity.source_row
