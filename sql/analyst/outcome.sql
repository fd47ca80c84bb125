-- What decisions look like, each once: the same conditions come out the same way for very many people, so a decision
-- only points here. One row: a programme × the values of its conditions × what is missing. From release_key.outcome.
SELECT DISTINCT programme, conditions, missing, policy_version, citation, outcome
FROM release_key.outcome
ORDER BY outcome
