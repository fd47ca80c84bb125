-- What each action is called for an officer, in which order work is shown, and whether it is walked for.
-- grain: an action of the catalogue
-- columns: action, action_name, position, to_do
-- from: run.word
SELECT code AS action, chinese AS action_name, position, code NOT IN ('keep', 'declined') AS to_do
FROM run.word
WHERE list = 'action'
