-- facts.outcome: what outreach teams found out about a person, of tonight's batch and of all that is remembered, dated
-- not after the as-of date. An answer that is delivered again counts once, since the night on which it was first
-- received, on its best link. row_number: in tonight's extract, NULL where only the log holds it. about: the rule of
-- the list line that was answered, NULL = not known.
-- grain: a person × programme × result × day
-- columns: person_key, programme, result, contacted_on, received_on, grade_rank, grade, about, row_number
-- from: facts.link, identity.known_id, identity.person, intake.outreach_outcome, run.context, run.published_line,
--   run.remembered_outcome
WITH answer AS (
    SELECT
        l.person_key,
        o.programme,
        o.result,
        o.contacted_on,
        c.as_of AS received_on,
        l.grade_rank,
        b.rule AS about,
        o.row_number
    FROM intake.outreach_outcome AS o
    INNER JOIN facts.link AS l ON l.extract = 'outreach_outcome' AND l.row_number = o.row_number
    INNER JOIN identity.person AS n ON n.person_key = l.person_key
    CROSS JOIN run.context AS c
    LEFT JOIN run.published_line AS b ON b.person_id = n.person_id AND b.programme = o.programme
    UNION ALL
    SELECT
        k.person_key,
        r.programme,
        r.result,
        r.contacted_on,
        r.received_on,
        CASE r.grade WHEN 'exact' THEN 1 WHEN 'strong' THEN 2 WHEN 'new' THEN 3 ELSE 4 END AS grade_rank,
        r.about,
        NULL AS row_number
    FROM run.remembered_outcome AS r
    INNER JOIN identity.known_id AS k ON k.person_id = r.person_id
    WHERE r.grade <> 'possible'
),

ordered AS (
    SELECT
        a.person_key,
        a.programme,
        a.result,
        a.contacted_on,
        a.received_on,
        a.about,
        min(a.grade_rank) OVER (PARTITION BY a.person_key, a.programme, a.result, a.contacted_on) AS grade_rank,
        min(a.row_number) OVER (PARTITION BY a.person_key, a.programme, a.result, a.contacted_on) AS row_number,
        row_number() OVER (
            PARTITION BY a.person_key, a.programme, a.result, a.contacted_on
            ORDER BY a.received_on, a.about NULLS LAST, a.row_number
        ) AS place
    FROM answer AS a
    CROSS JOIN run.context AS c
    WHERE a.contacted_on <= c.as_of
)

SELECT
    person_key,
    programme,
    result,
    contacted_on,
    received_on,
    grade_rank,
    CASE grade_rank WHEN 1 THEN 'exact' WHEN 2 THEN 'strong' WHEN 3 THEN 'new' ELSE 'review' END AS grade,
    about,
    row_number
FROM ordered
WHERE place = 1
