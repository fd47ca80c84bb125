-- How many lines changed on a night.
-- grain: a change × programme × cause
-- columns: change, name, people
-- from: analyst.change
SELECT change, programme_name AS name, people
FROM analyst.change
