-- The Chinese names of codes, for joining.
-- grain: a column × code
-- columns: column_name, code, code_name, position
-- from: mart.code
SELECT column_name, code, name AS code_name, position
FROM mart.code
ORDER BY column_name, position
