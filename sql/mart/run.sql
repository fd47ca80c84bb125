-- mart.run: what made this release. finished_at is when these tables were made. compared_with, compared_run: the
-- published night with which mart.change compares.
-- grain: one row in all
-- columns: run_id, region, as_of, started_at, finished_at, code_version, policy_version, policy_sha256, engine,
--   identity_weights, compared_with, compared_run
-- from: changes.night, identity.weights_in_force, run.context, run.provenance
SELECT
    c.run_id,
    c.region,
    c.as_of,
    c.started_at,
    CAST(current_timestamp AS TIMESTAMPTZ) AS finished_at,
    p.code_version,
    p.policy_version,
    p.policy_sha256,
    p.engine,
    w.version AS identity_weights,
    n.as_of AS compared_with,
    n.run_id AS compared_run
FROM run.context AS c
CROSS JOIN run.provenance AS p
LEFT JOIN identity.weights_in_force AS w ON w.version IS NOT NULL
LEFT JOIN changes.night AS n ON n.as_of < c.as_of
