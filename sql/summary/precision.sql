-- The share of automatic links that are right, estimated without the truth.
-- grain: one row at most
-- columns: share
-- from: mart.identity_quality
SELECT value AS share
FROM mart.identity_quality
WHERE measure = 'estimated precision' AND extract = '' AND grade = 'automatic'
