-- How many pairs were compared, and how many of them were scored: as many, or the night fails
-- (`outreach.identity.weights.require_every_pair`).
-- grain: one row in all
-- columns: compared, scored
-- from: identity.comparison, identity.score
SELECT compared.pairs AS compared, scored.pairs AS scored
FROM (
    SELECT count(*) AS pairs
    FROM (SELECT DISTINCT row_key, person_key FROM identity.comparison)
) AS compared
CROSS JOIN (SELECT count(*) AS pairs FROM identity.score) AS scored
