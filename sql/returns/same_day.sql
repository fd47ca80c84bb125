-- Lines of one person, programme and day with different results.
-- grain: a line
-- columns: line
-- from: returns.judged
SELECT line
FROM returns.judged
WHERE why IS NULL
QUALIFY count(DISTINCT result) OVER (PARTITION BY person_id, programme, contacted_on) > 1
ORDER BY line
