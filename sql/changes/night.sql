-- changes.night: the published night that this one is compared with.
-- grain: one row, or none on a region's first night
-- columns: run_id, as_of, policy_version, policy_sha256, code_version
-- from: previous.run
SELECT run_id, as_of, policy_version, policy_sha256, code_version
FROM previous.run
