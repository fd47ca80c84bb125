-- 60 岁以上困难与失能老年人：经济困难、失能、重度残疾、独居、计生特殊家庭，按乡镇街道计；少于 5 人的格为空。
-- grain: a town
-- columns: town_code, town_name, elders, hard_up, disabled_old, severely_disabled, lives_alone, fp_special
-- from: analyst.area, analyst.person
SELECT
    counted.town_code,
    town.area_name AS town_name,
    elders,
    CASE WHEN hard_up >= 5 THEN hard_up END AS hard_up,
    CASE WHEN disabled_old >= 5 THEN disabled_old END AS disabled_old,
    CASE WHEN severely_disabled >= 5 THEN severely_disabled END AS severely_disabled,
    CASE WHEN lives_alone >= 5 THEN lives_alone END AS lives_alone,
    CASE WHEN fp_special >= 5 THEN fp_special END AS fp_special
FROM (
    SELECT
        town_code,
        count(*) AS elders,
        count(*) FILTER (WHERE hard_up) AS hard_up,
        count(*) FILTER (WHERE disabled_old) AS disabled_old,
        count(*) FILTER (WHERE severely_disabled) AS severely_disabled,
        count(*) FILTER (WHERE lives_alone) AS lives_alone,
        count(*) FILTER (WHERE fp_special) AS fp_special
    FROM analyst.person
    WHERE alive AND registered AND (age_group >= '60' OR age_group = '100+')
    GROUP BY town_code
) AS counted
LEFT JOIN analyst.area AS town ON town.area_code = counted.town_code
WHERE counted.elders >= 5
ORDER BY counted.town_code
