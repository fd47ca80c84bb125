-- 年龄结构：本地户籍在世人口，按乡镇街道、五岁年龄组、性别；少于 5 人的不列。
-- grain: a town × age group × sex
-- columns: town_code, town_name, age_group, sex, sex_name, people
-- from: analyst.area, analyst.code, analyst.person
SELECT
    person.town_code,
    town.area_name AS town_name,
    person.age_group,
    person.sex,
    sex.code_name AS sex_name,
    count(*) AS people
FROM analyst.person AS person
LEFT JOIN analyst.area AS town ON town.area_code = person.town_code
LEFT JOIN analyst.code AS sex ON sex.column_name = 'sex' AND sex.code = person.sex
WHERE person.alive AND person.registered
GROUP BY person.town_code, town.area_name, person.age_group, person.sex, sex.code_name
HAVING count(*) >= 5
ORDER BY person.town_code, person.age_group, person.sex
