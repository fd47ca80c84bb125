-- 各乡镇街道待办：按项目、处理方式计人次；少于 5 人次的不列。
-- grain: a town × programme × action
-- columns: town_code, programme, programme_name, action, people
-- from: analyst.candidate, analyst.person
SELECT person.town_code, candidate.programme, candidate.programme_name, candidate.action, count(*) AS people
FROM analyst.candidate AS candidate
INNER JOIN analyst.person AS person ON person.key = candidate.key
WHERE candidate.action NOT IN ('keep', 'declined')
GROUP BY person.town_code, candidate.programme, candidate.programme_name, candidate.action
HAVING count(*) >= 5
ORDER BY person.town_code, candidate.programme, candidate.action
