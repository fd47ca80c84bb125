-- Who must be looked at for a programme even where a condition is false.
-- One row: a person and a programme.
-- Those who receive it, and, of programmes granted unasked, those with a link under review (a condition
-- that fails only by such a link cuts nobody silently).
SELECT
    person_key,
    programme
FROM decisions.receipt
UNION
SELECT
    e.person_key,
    d.programme
FROM decisions.evidence AS e
INNER JOIN decisions.programme AS d ON (e.review & d.extract_mask) <> 0
WHERE d.mode = 'auto'
