-- 为何判不了：各项目“未知”缺的是哪一项事实、应由哪个数据表提供；少于 5 人次的不列。
-- grain: a programme × missing fact × extract that would supply it
-- columns: programme, fact, extract, people
-- from: analyst.decision
SELECT programme, missing.fact, missing.extract, count(*) AS people
FROM (
    SELECT programme, unnest(missing) AS missing
    FROM analyst.decision
    WHERE decision = 'unknown'
) AS gap
GROUP BY programme, missing.fact, missing.extract
HAVING count(*) >= 5
ORDER BY people DESC, programme, missing.fact
