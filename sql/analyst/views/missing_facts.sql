-- 为何判不了：各项目“未知”缺的是哪一项事实、应由哪个数据表提供；少于 5 人次的不列。
-- grain: a programme × missing fact × extract that would supply it
-- columns: programme, programme_name, fact, fact_name, extract, extract_name, people
-- from: analyst.code, analyst.decision, analyst.programme
SELECT
    gap.programme,
    programme.programme_name,
    gap.missing.fact,
    coalesce(fact.code_name, gap.missing.fact) AS fact_name,
    gap.missing.extract,
    extract.code_name AS extract_name,
    count(*) AS people
FROM (
    SELECT programme, unnest(missing) AS missing
    FROM analyst.decision
    WHERE decision = 'unknown'
) AS gap
LEFT JOIN analyst.programme AS programme ON programme.programme = gap.programme
LEFT JOIN analyst.code AS fact ON fact.column_name = 'fact' AND fact.code = gap.missing.fact
LEFT JOIN analyst.code AS extract ON extract.column_name = 'extract' AND extract.code = gap.missing.extract
GROUP BY
    gap.programme, programme.programme_name, gap.missing.fact, fact.code_name, gap.missing.extract, extract.code_name
HAVING count(*) >= 5
ORDER BY people DESC, gap.programme, gap.missing.fact
