-- How many people wait for a place.
-- grain: a programme with a queue
-- columns: programme_name, people
-- from: mart.candidate, mart.waiting_list
SELECT
    any_value(coalesce(c.programme_name, w.programme)) AS programme_name,
    count(DISTINCT w.person_id) AS people
FROM mart.waiting_list AS w
LEFT JOIN mart.candidate AS c ON c.person_id = w.person_id AND c.programme = w.programme
GROUP BY w.programme
ORDER BY w.programme
