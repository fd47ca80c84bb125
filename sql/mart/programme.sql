-- mart.programme: the programmes of the policy in force, with their names, leads and payers; of one that this locality
-- has not switched on only its name.
-- grain: a programme
-- columns: programme, programme_name, mode, mode_name, lead, funding, kind, citation, has_amount, amount_is_floor,
--   amount_is_ceiling
-- from: decisions.dormant, decisions.programme, run.word
SELECT
    p.programme,
    p.programme_name,
    p.mode,
    w.chinese AS mode_name,
    p.lead,
    p.funding,
    p.kind,
    p.citation,
    p.has_amount,
    p.amount_is_floor,
    p.amount_is_ceiling
FROM decisions.programme AS p
LEFT JOIN run.word AS w ON w.list = 'mode' AND w.code = p.mode
UNION ALL
SELECT DISTINCT d.programme, d.programme_name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM decisions.dormant AS d
WHERE d.whole AND d.programme NOT IN (SELECT programme FROM decisions.programme)
ORDER BY programme
