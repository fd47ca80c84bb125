-- 年龄结构：本地户籍在世人口，按乡镇街道、五岁年龄组、性别；少于 5 人的不列。
-- grain: a town × age group × sex
-- columns: town_code, age_group, sex, people
-- from: analyst.person
SELECT town_code, age_group, sex, count(*) AS people
FROM analyst.person
WHERE alive AND registered
GROUP BY town_code, age_group, sex
HAVING count(*) >= 5
ORDER BY town_code, age_group, sex
