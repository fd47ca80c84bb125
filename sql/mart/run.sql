-- mart.run: what made this release. One row in all; finished_at is when these tables were made.
-- From run.context, run.provenance.
SELECT
    c.run_id,
    c.region,
    c.as_of,
    c.started_at,
    CAST(current_timestamp AS TIMESTAMPTZ) AS finished_at,
    p.code_version,
    p.policy_version,
    p.policy_sha256,
    p.engine
FROM run.context AS c
CROSS JOIN run.provenance AS p
