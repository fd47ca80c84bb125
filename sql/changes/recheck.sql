-- changes.recheck: lines that became a recheck, or were one, with what they hang on. ends_on: the first end of a roll,
-- certificate or assessment of the programme within 60 days.
-- columns:
-- from:
-- grain: a line
-- columns: person_id, programme, rule, rule_before, ends_on, last_sign_of_life_on, life_proof_days
-- from: changes.line, decisions.programme, facts.lapse, facts.person
-- materialized: view
SELECT
    l.person_id,
    l.programme,
    coalesce(l.rule, '') AS rule,
    coalesce(l.rule_before, '') AS rule_before,
    least(
        CASE WHEN list_contains(g.extracts, 'hardship_roll') THEN n.hardship_ends_on END,
        CASE WHEN list_contains(g.extracts, 'disability_certificate') THEN n.certificate_ends_on END,
        CASE WHEN list_contains(g.extracts, 'ability_assessment') THEN n.ability_ends_on END
    ) AS ends_on,
    p.last_sign_of_life_on,
    g.life_proof_days
FROM changes.line AS l
INNER JOIN decisions.programme AS g ON g.programme = l.programme
INNER JOIN facts.person AS p ON p.person_key = l.person_key
LEFT JOIN facts.lapse AS n ON n.person_key = l.person_key
WHERE
    l.action IS DISTINCT FROM l.action_before
    AND (coalesce(l.action, '') = 'recheck' OR coalesce(l.action_before, '') = 'recheck')
