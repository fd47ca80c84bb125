-- What made the release. One row: the run. From mart.run.
SELECT
    run_id,
    region,
    as_of,
    finished_at,
    code_version,
    policy_version,
    policy_sha256
FROM mart.run
