-- One person's position in the queues for places.
-- grain: a programme
-- columns: programme, place, agreed_on
-- from: mart.waiting_list
SELECT programme, place, agreed_on
FROM mart.waiting_list
WHERE person_id = $person_id
