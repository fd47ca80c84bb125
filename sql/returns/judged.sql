-- Each line with why it is not taken (`why`, in Chinese; NULL: it is). `about`: the rule of the line that was answered.
-- grain: a line of a filled-in list
-- columns: line, person_id, programme, result, contacted_on, handler, grade, about, why
-- from: returns.action, returns.claimed, returns.known_name_key, run.context
WITH about AS (
    SELECT person_id, programme, arg_max(rule, is_listed) AS rule
    FROM returns.action
    GROUP BY person_id, programme
)

SELECT
    s.line,
    s.person_id,
    s.programme,
    s.result,
    s.contacted_on,
    s.handler,
    s.grade,
    r.rule AS about,
    CASE
        WHEN s.person_id IS NULL THEN '没有人员编号，姓名和身份证号也不能确定是名单上的哪一人'
        WHEN NOT s.is_known THEN '人员编号不是本地区的编号，请核对名单的地区和编号'
        WHEN s.name_key <> b.known_name_key AND NOT regexp_matches(concat(s.name_key, b.known_name_key), '[*?□]')
            THEN '姓名与人员编号不是同一人，可能填错了行'
        WHEN s.contacted_on > c.as_of THEN '联系日期晚于今天，请更正'
    END AS why
FROM returns.claimed AS s
CROSS JOIN run.context AS c
LEFT JOIN returns.known_name_key AS b ON b.known_name = s.known_name
LEFT JOIN about AS r ON r.person_id = s.person_id AND r.programme = s.programme
