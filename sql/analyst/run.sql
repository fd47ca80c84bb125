-- What made this release.
-- grain: one row in all
-- columns: region, as_of, code_version, policy_version, policy_sha256, engine
-- from: mart.run
SELECT region, as_of, code_version, policy_version, policy_sha256, engine
FROM mart.run
