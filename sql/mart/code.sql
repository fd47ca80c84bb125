-- mart.code: the Chinese names of the codes that occur in columns, so that a query need not spell them out.
-- grain: a column × code
-- columns: column_name, code, name, position
-- from: run.column_code
SELECT column_name, code, name, position
FROM run.column_code
ORDER BY column_name, position
