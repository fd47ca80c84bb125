-- What the false conditions of a person rest on, where a programme that is received (or granted unasked) does
-- not hold. clear: at least one condition fails on evidence in no doubt, that is on no link under review and not on the
-- absence of a row that may only be a lost link, or that is there and begins after the as-of date. A death is evidence
-- of its own, never an absence.
-- grain: a person and a programme whose verdict is false, of decisions.in_scope
-- columns: person_key, programme, clear, clear_mask, dead, deregistered, all_under_review, possibly_linked, not_begun
-- from: decisions.evaluated, decisions.link_certainty, decisions.pattern_false
SELECT
    person_key,
    programme,
    bool_or(clear) AS clear,
    bit_or(CASE WHEN clear THEN extract_mask ELSE CAST(0 AS BIGINT) END) AS clear_mask,
    bool_or(clear AND name = 'alive') AS dead,
    bool_or(clear AND name = 'registered') AS deregistered,
    bool_and(under_review) AS all_under_review,
    bool_or(possibly_linked) AS possibly_linked,
    bool_or(not_begun) AS not_begun
FROM (
    SELECT
        e.person_key,
        e.programme,
        f.name,
        f.extract_mask,
        (f.extract_mask & coalesce(v.review, 0)) <> 0 AS under_review,
        f.name <> 'alive' AND (f.extract_mask & coalesce(v.possible, 0)) <> 0 AS possibly_linked,
        (f.extract_mask & coalesce(v.not_begun, 0)) <> 0 AS not_begun,
        (f.extract_mask & (coalesce(v.review, 0) | coalesce(v.not_begun, 0))) = 0
        AND (f.name = 'alive' OR (f.extract_mask & coalesce(v.possible, 0)) = 0) AS clear
    FROM decisions.evaluated AS e
    INNER JOIN decisions.pattern_false AS f ON f.programme = e.programme AND f.pattern = e.pattern
    LEFT JOIN decisions.link_certainty AS v ON v.person_key = e.person_key
    WHERE e.verdict = FALSE
) AS failing
GROUP BY person_key, programme
