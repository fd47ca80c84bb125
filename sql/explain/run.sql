-- What made the release.
-- grain: the run
-- columns: run_id, region, as_of, finished_at, code_version, policy_version, policy_sha256
-- from: mart.run
SELECT
    run_id,
    region,
    as_of,
    finished_at,
    code_version,
    policy_version,
    policy_sha256
FROM mart.run
