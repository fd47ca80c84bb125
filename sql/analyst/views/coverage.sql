-- 覆盖率：各地区各项目符合人数、在享受人数、覆盖率、月金额；空 = 少于 5 人或由此可推算而不公布，无行 = 无人。
-- grain: an area × programme
-- columns: area_code, programme, eligible, receiving, coverage, monthly_amount
-- from: analyst.statistic
SELECT
    area_code,
    programme,
    max(value) FILTER (WHERE measure = 'eligible') AS eligible,
    max(value) FILTER (WHERE measure = 'receiving') AS receiving,
    max(value) FILTER (WHERE measure = 'coverage') AS coverage,
    max(value) FILTER (WHERE measure = 'monthly_amount') AS monthly_amount
FROM analyst.statistic
GROUP BY area_code, programme
ORDER BY area_code, programme
