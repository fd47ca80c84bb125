-- facts.guard: what a row that gives no fact could mean for a person, so that nobody is decided as if that row did not
-- exist: a row in quarantine that may be the person's, or an accepted one whose link to the person is not clear. kind:
-- `receiving` a programme (status 发放中 or 暂停, or not readable); `died`; `alive`: a later 正常 row of somebody dead by the
-- register alone; `declined` a programme; `entitled`: a right that rests on the extract may hold all the same;
-- `excluded`: a fact that takes a right away may be true. programme NULL: which one is not readable, any may be meant.
-- fact: of `receiving` the fact by which a programme counts as received, of `excluded` the fact. Of accepted rows
-- (is_quarantined FALSE) only what is received and declined; identity.possible_link guards the rest. A refusal followed
-- by a clear 同意 is none; one that could be this person's is remembered as such, until the person answers again. A death
-- after the as-of date is not yet one.
-- grain: a person × kind × programme or fact × row
-- columns: person_key, kind, programme, fact, extract, row_number, is_quarantined
-- from: facts.death, facts.outcome, identity.known_id, identity.possible_link, identity.quarantined_link,
--   intake.benefit_roll, intake.long_term_care, intake.outreach_outcome, run.context, run.quarantined_record,
--   run.remembered_outcome
WITH could_be AS (
    SELECT
        l.person_key,
        q.extract,
        q.row_number,
        q.is_by_column,
        q.programme,
        q.scheme,
        q.category,
        q.level,
        q.status,
        q.result,
        q.work_injury_care,
        q.happened_on,
        q.ended_on,
        q.mentions_death,
        c.as_of
    FROM identity.quarantined_link AS l
    INNER JOIN run.quarantined_record AS q ON q.extract = l.extract AND q.row_number = l.row_number
    CROSS JOIN run.context AS c
),

agreed AS (
    SELECT person_key, programme, max(contacted_on) AS agreed_on
    FROM facts.outcome
    WHERE result = '同意' AND grade_rank < 4
    GROUP BY person_key, programme
),

pension_fact AS (
    SELECT 110 AS scheme, 'employee_pension_open' AS fact
    UNION ALL
    SELECT 120 AS scheme, 'employee_pension_open' AS fact
    UNION ALL
    SELECT 170 AS scheme, 'resident_pension_open' AS fact
),

possible_fact AS (
    SELECT person_key, 'receiving' AS kind, programme, CAST(NULL AS VARCHAR) AS fact, extract, row_number
    FROM could_be
    WHERE extract = 'benefit_roll' AND coalesce(status IN (1, 2), TRUE)
    UNION ALL
    SELECT person_key, 'receiving' AS kind, NULL AS programme, 'long_term_care' AS fact, extract, row_number
    FROM could_be
    WHERE extract = 'long_term_care' AND coalesce(status IN (1, 2), TRUE)
    UNION ALL
    SELECT DISTINCT q.person_key, 'receiving' AS kind, NULL AS programme, f.fact, q.extract, q.row_number
    FROM could_be AS q
    INNER JOIN pension_fact AS f ON f.scheme = coalesce(q.scheme, f.scheme)
    WHERE q.extract = 'pension_roll' AND coalesce(q.status = 2, TRUE)
    UNION ALL
    SELECT person_key, 'died' AS kind, NULL AS programme, NULL AS fact, extract, row_number
    FROM could_be
    WHERE
        (extract = 'death_record' AND coalesce(happened_on <= as_of, TRUE))
        OR (extract = 'household_register' AND coalesce(status = 2, TRUE))
        OR (extract IN ('visit_log', 'outreach_outcome') AND mentions_death)
    UNION ALL
    SELECT q.person_key, 'declined' AS kind, q.programme, NULL AS fact, q.extract, q.row_number
    FROM could_be AS q
    LEFT JOIN agreed AS a
        ON a.person_key = q.person_key AND a.programme = q.programme AND a.agreed_on > q.happened_on
    WHERE
        q.extract = 'outreach_outcome'
        AND coalesce(q.result = '不同意', TRUE)
        AND coalesce(date_diff('day', q.happened_on, q.as_of) BETWEEN 0 AND 365, TRUE)
        AND a.person_key IS NULL
    UNION ALL
    SELECT person_key, 'entitled' AS kind, NULL AS programme, NULL AS fact, extract, row_number
    FROM could_be
    WHERE
        extract NOT IN ('benefit_roll', 'death_record', 'outreach_outcome')
        AND coalesce(ended_on >= as_of, TRUE)
        AND CASE
            WHEN extract IN ('household_register', 'disability_certificate', 'long_term_care')
                THEN coalesce(status = 1, TRUE)
            ELSE TRUE
        END
    UNION ALL
    SELECT q.person_key, 'alive' AS kind, NULL AS programme, NULL AS fact, q.extract, q.row_number
    FROM could_be AS q
    INNER JOIN facts.death AS t ON t.person_key = q.person_key
    WHERE
        q.extract = 'household_register'
        AND coalesce(q.status = 1, TRUE)
        AND t.record_row_number IS NULL
        AND coalesce(q.happened_on > t.died_on, NOT q.is_by_column)
    UNION ALL
    SELECT q.person_key, 'excluded' AS kind, NULL AS programme, x.fact, q.extract, q.row_number
    FROM could_be AS q
    INNER JOIN (
        SELECT 12 AS category, 'destitute' AS fact
        UNION ALL
        SELECT 13 AS category, 'destitute' AS fact
        UNION ALL
        SELECT 12 AS category, 'on_destitute_dispersed' AS fact
        UNION ALL
        SELECT 13 AS category, 'on_destitute_central' AS fact
    ) AS x ON x.category = coalesce(q.category, x.category)
    WHERE q.extract = 'hardship_roll' AND coalesce(q.ended_on >= q.as_of, TRUE)
    GROUP BY q.person_key, x.fact, q.extract, q.row_number
    UNION ALL
    SELECT person_key, 'excluded' AS kind, NULL AS programme, 'work_injury_care' AS fact, extract, row_number
    FROM could_be
    WHERE extract = 'pension_roll' AND coalesce(work_injury_care, TRUE)
    UNION ALL
    SELECT person_key, 'excluded' AS kind, NULL AS programme, 'unable_to_self_care' AS fact, extract, row_number
    FROM could_be
    WHERE extract = 'ability_assessment' AND coalesce(level >= 3, TRUE) AND coalesce(ended_on >= as_of, TRUE)
    UNION ALL
    SELECT person_key, 'excluded' AS kind, NULL AS programme, 'has_assessment' AS fact, extract, row_number
    FROM could_be
    WHERE extract = 'ability_assessment' AND coalesce(level = 0, TRUE) AND coalesce(ended_on >= as_of, TRUE)
)

SELECT
    person_key,
    kind,
    programme,
    fact,
    extract,
    row_number,
    TRUE AS is_quarantined
FROM possible_fact
UNION ALL
SELECT
    p.person_key,
    'receiving' AS kind,
    b.programme,
    NULL AS fact,
    p.extract,
    p.row_number,
    FALSE AS is_quarantined
FROM identity.possible_link AS p
INNER JOIN intake.benefit_roll AS b ON b.row_number = p.row_number
WHERE p.extract = 'benefit_roll' AND b.status = 1
UNION ALL
SELECT
    p.person_key,
    'receiving' AS kind,
    NULL AS programme,
    'long_term_care' AS fact,
    p.extract,
    p.row_number,
    FALSE AS is_quarantined
FROM identity.possible_link AS p
INNER JOIN intake.long_term_care AS t ON t.row_number = p.row_number
WHERE p.extract = 'long_term_care' AND t.status = 1
UNION ALL
SELECT
    d.person_key,
    'declined' AS kind,
    d.programme,
    NULL AS fact,
    'outreach_outcome' AS extract,
    d.row_number,
    FALSE AS is_quarantined
FROM (
    SELECT p.person_key, o.programme, o.contacted_on, c.as_of AS received_on, p.row_number
    FROM identity.possible_link AS p
    INNER JOIN intake.outreach_outcome AS o ON o.row_number = p.row_number
    CROSS JOIN run.context AS c
    WHERE p.extract = 'outreach_outcome' AND o.result = '不同意'
    UNION ALL
    SELECT k.person_key, r.programme, r.contacted_on, r.received_on, r.row_number
    FROM run.remembered_outcome AS r
    INNER JOIN identity.known_id AS k ON k.person_id = r.person_id
    WHERE r.grade = 'possible'
) AS d
CROSS JOIN run.context AS c
LEFT JOIN facts.outcome AS w
    ON w.person_key = d.person_key
    AND w.programme = d.programme
    AND w.result IN ('同意', '不同意')
    AND w.grade_rank < 4
    AND (w.contacted_on > d.contacted_on OR w.received_on > d.received_on)
WHERE w.person_key IS NULL AND date_diff('day', d.contacted_on, c.as_of) BETWEEN 0 AND 365
