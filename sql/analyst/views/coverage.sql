-- 覆盖率：各地区各项目符合人数、在享受人数、覆盖率、月金额；空 = 少于 5 人或由此可推算而不公布，无行 = 无人。
-- grain: an area × programme
-- columns: area_code, area_name, programme, programme_name, eligible, receiving, coverage, monthly_amount
-- from: analyst.area, analyst.programme, analyst.statistic
SELECT
    counted.area_code,
    area.area_name AS area_name,
    counted.programme,
    programme.programme_name,
    counted.eligible,
    counted.receiving,
    counted.coverage,
    counted.monthly_amount
FROM (
    SELECT
        area_code,
        programme,
        max(value) FILTER (WHERE measure = 'eligible') AS eligible,
        max(value) FILTER (WHERE measure = 'receiving') AS receiving,
        max(value) FILTER (WHERE measure = 'coverage') AS coverage,
        max(value) FILTER (WHERE measure = 'monthly_amount') AS monthly_amount
    FROM analyst.statistic
    GROUP BY area_code, programme
) AS counted
LEFT JOIN analyst.area AS area ON area.area_code = counted.area_code
LEFT JOIN analyst.programme AS programme ON programme.programme = counted.programme
ORDER BY counted.area_code, counted.programme
