-- changes.by_birthday: lines that a person's growing older changed. The person's age alone, moved on from the previous
-- night to this one, changes what tonight's policy decides; or the day on which it will has come within the 60 days for
-- which lines are made ahead.
-- grain: such a line
-- columns: person_id, programme, cause, place, text
-- from: changes.examined, changes.fact, changes.line, changes.moved, changes.uses, facts.birthday, facts.person,
--   previous.run
SELECT
    l.person_id,
    l.programme,
    'birthday' AS cause,
    4 AS place,
    max(
        CASE
            WHEN f.fact IS NOT NULL AND m.condition <> '#amount' AND u.fact IS NOT NULL THEN '达到法定退休年龄'
            ELSE '年满' || CAST(n.age AS VARCHAR) || '周岁' || coalesce('（' || CAST(b.on_day AS VARCHAR) || '）', '')
        END
    ) AS text
FROM changes.line AS l
INNER JOIN changes.examined AS x ON x.programme = l.programme
INNER JOIN changes.moved AS m ON m.person_id = l.person_id AND m.programme = x.examined AND m.step = 'age'
INNER JOIN facts.person AS n ON n.person_key = l.person_key
LEFT JOIN facts.birthday AS b ON b.birth_date = n.birth_date AND b.age = n.age
LEFT JOIN changes.fact AS f ON f.person_id = l.person_id AND f.fact = 'employee_age_reached'
LEFT JOIN changes.uses AS u
    ON u.programme = m.programme AND u.condition = m.condition AND u.fact = 'employee_age_reached'
GROUP BY l.person_id, l.programme
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'birthday' AS cause,
    4 AS place,
    '将于' || CAST(l.effective_on AS VARCHAR) || '达到年龄条件，进入60日提示期' AS text
FROM changes.line AS l
CROSS JOIN previous.run AS r
WHERE l.action = 'upcoming' AND l.action_before IS NULL AND date_diff('day', r.as_of, l.effective_on) > 60
