-- The lines that are not left out, with the group of lines that are alike.
-- grain: a person (random key) × programme
-- columns: key, programme, decision, amount_monthly, gives_way_to, outcome, programme_name, mode, action,
--   stop_evidence, listed_amount, current_amount, effective_year, identity_grade, received, line_group
-- from: release_key.line, release_key.line_group
SELECT l.*, g.line_group
FROM release_key.line AS l
INNER JOIN release_key.line_group AS g
    ON g.programme = l.programme
    AND g.decision IS NOT DISTINCT FROM l.decision
    AND g.received IS NOT DISTINCT FROM l.received
    AND g.action IS NOT DISTINCT FROM l.action
WHERE NOT g.is_hidden
