-- How many people the ledger has, of how many it says whether they changed, and how many did.
-- grain: one row in all
-- columns: listed, changed, compared
-- from: mart.ledger
SELECT
    count(*) AS listed,
    count(*) FILTER (changed_since NOT LIKE '%无变化') AS changed,
    count(changed_since) AS compared
FROM mart.ledger
