-- 各乡镇街道待办：按项目、处理方式计人次；少于 5 人次的不列。
-- grain: a town × programme × action
-- columns: town_code, town_name, programme, programme_name, action, action_name, people
-- from: analyst.area, analyst.candidate, analyst.code, analyst.person
SELECT
    person.town_code,
    town.area_name AS town_name,
    candidate.programme,
    candidate.programme_name,
    candidate.action,
    action.code_name AS action_name,
    count(*) AS people
FROM analyst.candidate AS candidate
INNER JOIN analyst.person AS person ON person.key = candidate.key
LEFT JOIN analyst.area AS town ON town.area_code = person.town_code
LEFT JOIN analyst.code AS action ON action.column_name = 'action' AND action.code = candidate.action
WHERE candidate.action NOT IN ('keep', 'declined')
GROUP BY
    person.town_code, town.area_name, candidate.programme, candidate.programme_name, candidate.action, action.code_name
HAVING count(*) >= 5
ORDER BY person.town_code, candidate.programme, candidate.action
