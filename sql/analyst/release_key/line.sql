-- All that may be known between a person and a programme: the decision, whether it is being received (NULL where what
-- the person receives is not shown), what is to be done.
-- grain: a person (random key) × programme of which any of the three is known
-- columns: key, programme, decision, amount_monthly, gives_way_to, outcome, programme_name, mode, action,
--   stop_evidence, listed_amount, current_amount, effective_year, identity_grade, received
-- from: mart.candidate, mart.decision_row, release_key.fact, release_key.outcome, release_key.person
WITH decided AS (
    SELECT k.key, d.programme, d.decision, d.amount_monthly, d.gives_way_to, o.outcome
    FROM mart.decision_row AS d
    INNER JOIN release_key.person AS k ON k.person_id = d.person_id
    INNER JOIN release_key.outcome AS o ON o.programme = d.programme AND o.pattern = d.pattern
),

listed AS (
    SELECT
        k.key,
        c.programme,
        c.programme_name,
        c.mode,
        c.action,
        c.stop_evidence,
        c.amount_monthly,
        c.current_amount,
        CAST(year(c.effective_on) AS INTEGER) AS effective_year,
        c.identity_grade
    FROM mart.candidate AS c
    INNER JOIN release_key.person AS k ON k.person_id = c.person_id
),

received AS (
    SELECT key, unnest(receiving) AS programme, TRUE AS is_received
    FROM release_key.fact
),

paired AS (
    SELECT
        coalesce(d.key, c.key) AS key,
        coalesce(d.programme, c.programme) AS programme,
        d.decision,
        d.amount_monthly,
        d.gives_way_to,
        d.outcome,
        c.programme_name,
        c.mode,
        c.action,
        c.stop_evidence,
        c.amount_monthly AS listed_amount,
        c.current_amount,
        c.effective_year,
        c.identity_grade
    FROM decided AS d
    FULL OUTER JOIN listed AS c ON c.key = d.key AND c.programme = d.programme
)

SELECT
    coalesce(p.key, r.key) AS key,
    coalesce(p.programme, r.programme) AS programme,
    p.decision,
    p.amount_monthly,
    p.gives_way_to,
    p.outcome,
    p.programme_name,
    p.mode,
    p.action,
    p.stop_evidence,
    p.listed_amount,
    p.current_amount,
    p.effective_year,
    p.identity_grade,
    CASE WHEN r.is_received THEN TRUE WHEN f.receiving IS NOT NULL THEN FALSE END AS received
FROM paired AS p
FULL OUTER JOIN received AS r ON r.key = p.key AND r.programme = p.programme
LEFT JOIN release_key.fact AS f ON f.key = p.key
