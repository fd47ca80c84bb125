-- Who is paid on nothing but what the document only permits and the locality has switched off: outside the audience, no
-- decision and no stop. By the switch that would entitle: of a whole programme its own.
-- grain: a programme and a switch that somebody living and registered is paid by
-- columns: programme, switch, people
-- from: decisions.dormant, decisions.finding, decisions.person_profile, decisions.receipt, facts.person,
--   facts.receiving
SELECT f.programme, f.switch, count(*) AS people
FROM decisions.receipt AS r
INNER JOIN decisions.person_profile AS p ON p.person_key = r.person_key
INNER JOIN decisions.finding AS f ON f.profile = p.profile AND f.programme = r.programme
WHERE r.is_current AND f.switch IS NOT NULL
GROUP BY f.programme, f.switch
UNION ALL
SELECT d.programme, d.switch, count(*) AS people
FROM facts.receiving AS r
INNER JOIN decisions.dormant AS d ON d.programme = r.programme AND d.whole
INNER JOIN facts.person AS p ON p.person_key = r.person_key
WHERE p.alive
GROUP BY d.programme, d.switch
