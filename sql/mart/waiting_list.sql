-- mart.waiting_list: who waits for a place in a public institution, in the order of the document's own sentence: its
-- classes, within a class the higher ability level first (without an assessment last), then who agreed first. Each
-- programme has a queue of its own. The class is the first that is known to hold.
-- columns:
-- from:
-- grain: a person × programme that gives a place
-- columns: person_id, programme, class, place, agreed_on, reason_text
-- from: decisions.queue, decisions.waiting, decisions.waiting_class, facts.person, facts.reported, run.word
WITH placed AS (
    SELECT
        w.person_key,
        w.programme,
        w.agreed_on,
        w.grade,
        p.person_id,
        p.ability_level,
        q.class,
        q.label,
        q.position,
        q.classes,
        row_number() OVER (
            PARTITION BY w.programme
            ORDER BY q.position, coalesce(p.ability_level, -1) DESC, w.agreed_on, p.person_id
        ) AS place
    FROM decisions.waiting AS w
    INNER JOIN decisions.waiting_class AS k ON k.person_key = w.person_key
    INNER JOIN decisions.queue AS q ON q.programme = w.programme AND q.position = k.position
    INNER JOIN facts.person AS p ON p.person_key = w.person_key
)

SELECT
    l.person_id,
    l.programme,
    l.class,
    l.place,
    l.agreed_on,
    concat(
        CAST(l.agreed_on AS VARCHAR), '同意；第', CAST(l.position AS VARCHAR), '类（共',
        CAST(l.classes AS VARCHAR), '类）：', l.label, '；',
        coalesce(a.chinese, '没有有效的能力评估'), '；排第', CAST(l.place AS VARCHAR), '位',
        CASE WHEN l.grade = 'review' THEN '；同意的记录与本人的关联待人工核对' ELSE '' END,
        CASE o.kind
            WHEN 'dead' THEN '；有反映称已去世，先核实'
            WHEN 'moved' THEN '；有反映称已迁出，先核实'
            ELSE ''
        END
    ) AS reason_text
FROM placed AS l
LEFT JOIN run.word AS a ON a.list = 'ability_level' AND a.code = CAST(l.ability_level AS VARCHAR)
LEFT JOIN facts.reported AS o ON o.person_key = l.person_key
ORDER BY l.programme, l.place
