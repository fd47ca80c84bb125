-- Whom a document alone permits what they receive, where the local switch is not on.
-- grain: a programme × switch that somebody falls under
-- columns: programme_name, switch, people
-- from: mart.switched_off
SELECT programme_name, switch, people
FROM mart.switched_off
WHERE people > 0
ORDER BY programme_name, switch, people
