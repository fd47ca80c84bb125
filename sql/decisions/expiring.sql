-- What a person receives and will not be known to be entitled to any more once the days that are near have passed
-- (facts.lapse). is_unknown: it will be unknown then; what does not hold has no finding, or one that is false.
-- grain: a person and a programme that is received today
-- columns: person_key, programme, is_unknown
-- from: decisions.finding, decisions.lapsed_profile, decisions.receipt
SELECT
    r.person_key,
    r.programme,
    f.profile IS NOT NULL AND f.verdict IS NOT FALSE AND f.applicability IS NOT FALSE AS is_unknown
FROM decisions.lapsed_profile AS l
INNER JOIN decisions.receipt AS r ON r.person_key = l.person_key AND r.is_current
LEFT JOIN decisions.finding AS f ON f.profile = l.profile AND f.programme = r.programme
WHERE NOT coalesce(f.verdict AND coalesce(f.applicability, TRUE), FALSE)
