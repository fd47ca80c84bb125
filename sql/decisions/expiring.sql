-- What a person receives and will not be known to be entitled to any more once the days that are near have passed
-- (facts.lapse), with what is found of them then.
-- grain: a person and a programme that is received today
-- columns: person_key, programme, verdict, applicability
-- from: decisions.finding, decisions.lapsed_profile, decisions.receipt
SELECT r.person_key, r.programme, f.verdict, f.applicability
FROM decisions.lapsed_profile AS l
INNER JOIN decisions.receipt AS r ON r.person_key = l.person_key AND r.is_current
LEFT JOIN decisions.finding AS f ON f.profile = l.profile AND f.programme = r.programme
WHERE NOT coalesce(f.verdict AND coalesce(f.applicability, TRUE), FALSE)
