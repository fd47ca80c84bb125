-- The run that made the night.
-- grain: the run
-- columns: run_id, region, as_of, started_at, finished_at, code_version, policy_version, policy_sha256, engine,
--   identity_weights, compared_with, compared_run
-- from: mart.run
SELECT *
FROM mart.run
