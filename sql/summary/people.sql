-- How many people there are, and how many of them are registered.
-- grain: one row in all
-- columns: people, registered
-- from: mart.person
SELECT
    count(*) AS people,
    count(*) FILTER (registered) AS registered
FROM mart.person
