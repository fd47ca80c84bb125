-- Lines whose result cannot come of any action that the person's line has or had, with these actions in Chinese.
-- grain: a line
-- columns: line, result, actions
-- from: returns.action, returns.fit, returns.judged, run.word
SELECT
    j.line,
    any_value(j.result) AS result,
    string_agg(DISTINCT w.chinese, '、') AS actions
FROM returns.judged AS j
INNER JOIN returns.action AS a ON a.person_id = j.person_id AND a.programme = j.programme
LEFT JOIN returns.fit AS f ON f.result = j.result AND f.action = a.action
LEFT JOIN run.word AS w ON w.list = 'action' AND w.code = a.action
WHERE j.why IS NULL
GROUP BY j.line
HAVING NOT bool_or(coalesce(f.fits, TRUE))
