-- The run that the snapshot says it is of. One row: how many rows mart.run has, when it is not exactly one.
-- From mart.run.
SELECT count(*) AS runs
FROM mart.run
HAVING count(*) <> 1
