-- facts.marriage: to whom a person is married after the latest marriage event not after the as-of date. On one day an
-- event whose two links are clear comes before one with a link under review, then a marriage after a divorce, then the
-- later row.
-- grain: a person with such an event; spouse_key NULL = the latest event ended the marriage
-- columns: person_key, spouse_key, married_to, grade_rank, row_number, role
-- from: facts.link, identity.person, intake.marriage_register, run.context
WITH event AS (
    SELECT
        own.person_key,
        spouse.person_key AS spouse_key,
        greatest(own.grade_rank, spouse.grade_rank) AS grade_rank,
        m.event,
        m.event_date,
        m.row_number,
        own.role
    FROM intake.marriage_register AS m
    INNER JOIN facts.link AS own ON own.extract = 'marriage_register' AND own.row_number = m.row_number
    INNER JOIN facts.link AS spouse
        ON
            spouse.extract = 'marriage_register' AND spouse.row_number = m.row_number
            AND spouse.role <> own.role AND spouse.person_key <> own.person_key
    CROSS JOIN run.context AS c
    WHERE m.event_date <= c.as_of
    QUALIFY row_number() OVER (
        PARTITION BY own.person_key
        ORDER BY m.event_date DESC, greatest(own.grade_rank, spouse.grade_rank) = 4, m.event = 1 DESC, m.row_number DESC
    ) = 1
)

SELECT
    e.person_key,
    CASE WHEN e.event = 1 THEN e.spouse_key END AS spouse_key,
    CASE WHEN e.event = 1 THEN p.person_id END AS married_to,
    e.grade_rank,
    e.row_number,
    e.role
FROM event AS e
INNER JOIN identity.person AS p ON p.person_key = e.spouse_key
