-- mart.delivery: what came in.
-- grain: a delivered file, or an extract that is absent
-- columns: extract, file, sha256, encoding, rows_read, rows_accepted, rows_quarantined, status, message
-- from: run.delivery
SELECT
    extract,
    file,
    sha256,
    encoding,
    rows_read,
    rows_accepted,
    rows_quarantined,
    status,
    message
FROM run.delivery
