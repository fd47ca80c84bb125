-- Who must be looked at for a programme even where a condition is false. Those who receive it, or for whom it is
-- paused, and, of programmes
-- granted unasked, those with a link under review (a condition that fails only by such a link cuts nobody silently).
-- grain: a person and a programme
-- columns: person_key, programme
-- from: decisions.link_certainty, decisions.programme, decisions.receipt, decisions.suspended
SELECT
    person_key,
    programme
FROM decisions.receipt
UNION
SELECT
    person_key,
    programme
FROM decisions.suspended
UNION
SELECT
    e.person_key,
    d.programme
FROM decisions.link_certainty AS e
INNER JOIN decisions.programme AS d ON (e.review & d.extract_mask) <> 0
WHERE d.mode = 'auto'
