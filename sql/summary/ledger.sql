-- How many people the ledger has, how many of them have changed, and the night with which it is compared (NULL: none).
-- grain: one row in all
-- columns: listed, changed, since
-- from: mart.ledger
SELECT
    count(*) AS listed,
    count(*) FILTER (changed_since NOT LIKE '%无变化') AS changed,
    max(substr(changed_since, 2, 10)) AS since
FROM mart.ledger
