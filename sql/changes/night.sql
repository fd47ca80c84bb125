-- changes.night: the published night that this one is compared with. One row, or none on a region's first night. From earlier.run.
SELECT run_id, as_of, policy_version, policy_sha256, code_version
FROM earlier.run
