-- What made this release. One row in all. From mart.run.
SELECT region, as_of, code_version, policy_version, policy_sha256, engine
FROM mart.run
