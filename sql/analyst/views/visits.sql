-- 探访及时性：本地户籍在世的 60 岁以上老年人，按是否独居、距最近探访天数计；少于 5 人的不列。
-- grain: lives alone (是/否/未知) × interval (空 = 从未或不详)
-- columns: lives_alone, days_since_visit, people
-- from: analyst.person
SELECT lives_alone, days_since_visit, count(*) AS people
FROM analyst.person
WHERE alive AND registered AND (age_group >= '60' OR age_group = '100+')
GROUP BY lives_alone, days_since_visit
HAVING count(*) >= 5
ORDER BY lives_alone, days_since_visit
