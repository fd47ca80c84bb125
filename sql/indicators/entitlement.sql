-- indicators.entitlement: the state of each person with each programme that an indicator names. Columns:
-- contracts/entitlements.py; NULL = unknown. A month is due when it is over: payments are measured up to the
-- month before the as-of date. Who is to be paid from a later month on is not late (where the locality sets the first
-- month: whose right began in the month before, or since); a payee without 起发年月 is long being paid. What rests on an
-- undelivered benefit roll is NULL.
-- grain: a person × programme that is eligible or unknown, or ineligible and being received
-- columns: person_key, programme, eligible, receiving, payment_due, paid_on_time, paid_in_full
-- from: decisions.candidate, decisions.decision, facts.delivered, facts.receiving, indicators.programme, run.context
WITH named AS (
    SELECT DISTINCT programme
    FROM indicators.programme
),

month_over AS (
    SELECT
        CASE
            WHEN month(as_of) = 1 THEN make_date(CAST(year(as_of) - 1 AS INTEGER), 12, 1)
            ELSE make_date(CAST(year(as_of) AS INTEGER), CAST(month(as_of) - 1 AS INTEGER), 1)
        END AS month_over
    FROM run.context
),

to_begin AS (
    SELECT person_key, programme, first_payment_month, effective_on
    FROM decisions.candidate
    WHERE action = 'add'
)

SELECT
    d.person_key,
    d.programme,
    CASE d.decision WHEN 'eligible' THEN TRUE WHEN 'ineligible' THEN FALSE END AS eligible,
    CASE WHEN e.benefit_roll THEN r.person_key IS NOT NULL END AS receiving,
    CASE
        WHEN NOT e.benefit_roll THEN NULL
        WHEN r.person_key IS NULL THEN coalesce(b.first_payment_month <= m.month_over, b.effective_on < m.month_over)
        ELSE coalesce(r.start_month <= m.month_over, TRUE)
    END AS payment_due,
    CASE
        WHEN NOT e.benefit_roll THEN NULL
        WHEN r.person_key IS NULL THEN FALSE
        WHEN r.start_month > m.month_over THEN TRUE
        ELSE r.last_paid_month >= m.month_over
    END AS paid_on_time,
    CASE
        WHEN NOT e.benefit_roll THEN NULL
        WHEN r.person_key IS NULL THEN FALSE
        ELSE r.amount >= d.amount_monthly
    END AS paid_in_full
FROM decisions.decision AS d
INNER JOIN named AS n ON n.programme = d.programme
CROSS JOIN month_over AS m
CROSS JOIN facts.delivered AS e
LEFT JOIN facts.receiving AS r ON r.person_key = d.person_key AND r.programme = d.programme
LEFT JOIN to_begin AS b ON b.person_key = d.person_key AND b.programme = d.programme
