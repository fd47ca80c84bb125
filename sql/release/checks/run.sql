-- The run that the snapshot names as its own.
-- grain: how many rows mart.run has, when it is not exactly one
-- columns: runs
-- from: mart.run
SELECT count(*) AS runs
FROM mart.run
HAVING count(*) <> 1
