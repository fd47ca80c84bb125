-- facts.received: what tonight's batch adds to the log of answers: every answer about a person, and every refusal that
-- of a row that is not surely that person's but could be (grade `possible`). So a possible refusal counts on the next
-- night, too, when the row is not delivered any more. What is remembered with the same grade
-- is left out. about: the rule of the line on which the person was then listed.
-- grain: a person × programme × result × day × grade
-- columns: person_id, programme, result, contacted_on, handler, grade, about, row_number
-- from: facts.guard, facts.link, identity.known_id, identity.person, identity.possible_link, intake.outreach_outcome,
--   run.context, run.published_line, run.remembered_outcome
WITH answer AS (
    SELECT l.person_key, o.programme, o.result, o.contacted_on, o.handler, l.grade, o.row_number
    FROM intake.outreach_outcome AS o
    INNER JOIN facts.link AS l ON l.extract = 'outreach_outcome' AND l.row_number = o.row_number
    UNION ALL
    SELECT p.person_key, o.programme, o.result, o.contacted_on, o.handler, 'possible' AS grade, o.row_number
    FROM identity.possible_link AS p
    INNER JOIN intake.outreach_outcome AS o ON o.row_number = p.row_number
    WHERE p.extract = 'outreach_outcome' AND o.result = '不同意'
    UNION ALL
    SELECT DISTINCT
        d.person_key, d.programme, '不同意' AS result, c.as_of AS contacted_on, NULL AS handler, 'possible' AS grade,
        NULL AS row_number
    FROM facts.guard AS d
    CROSS JOIN run.context AS c
    LEFT JOIN (
        SELECT p.person_key, o.programme
        FROM identity.possible_link AS p
        INNER JOIN intake.outreach_outcome AS o ON o.row_number = p.row_number
        WHERE p.extract = 'outreach_outcome' AND o.result = '不同意'
        UNION ALL
        SELECT k.person_key, r.programme
        FROM run.remembered_outcome AS r
        INNER JOIN identity.known_id AS k ON k.person_id = r.person_id
        WHERE r.grade = 'possible'
    ) AS t ON t.person_key = d.person_key AND t.programme = d.programme
    WHERE d.kind = 'declined' AND d.programme IS NOT NULL AND d.is_quarantined AND t.person_key IS NULL
),

named AS (
    SELECT
        n.person_id,
        a.programme,
        a.result,
        a.contacted_on,
        a.handler,
        a.grade,
        b.rule AS about,
        a.row_number
    FROM answer AS a
    INNER JOIN identity.person AS n ON n.person_key = a.person_key
    LEFT JOIN run.published_line AS b ON b.person_id = n.person_id AND b.programme = a.programme
)

SELECT
    n.person_id,
    n.programme,
    n.result,
    n.contacted_on,
    min(n.handler) AS handler,
    n.grade,
    min(n.about) AS about,
    min(n.row_number) AS row_number
FROM named AS n
LEFT JOIN run.remembered_outcome AS r
    ON r.person_id = n.person_id
    AND r.programme = n.programme
    AND r.result = n.result
    AND r.contacted_on = n.contacted_on
    AND r.grade = n.grade
WHERE r.person_id IS NULL
GROUP BY n.person_id, n.programme, n.result, n.contacted_on, n.grade
