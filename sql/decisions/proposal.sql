-- Every line that may get on a list, with its days and its money, before it is put into words. effective_on: the day
-- the right begins (add, keep, …; never before the policy is in force), begins to be another (adjust), is first known
-- to have ended (stop), or the threshold is reached (upcoming, inform); NULL = not known. first_payment_month: of what
-- is paid; NULL where the document names no day from which it is in force, or where the beginning is not known: nothing
-- is due for the months before; of what begins with the month in which it was found, this month (mart.candidate knows
-- whether it was found before). rests_on: bits of the extracts the line rests on. first_wrong_month: the first month
-- paid without right: the first after the right ended, but not before the payment began; of a payment to a person who
-- never reached the age, the month in which it began. began_late: that the payment began without right (`dead`: after
-- the death, `lost`: after the right had ended). money_flows: it is paid in money, by the rule or by what the roll
-- says. money_months: months due since the first payment month (add), or paid since the first wrong month (stop).
-- grain: a person and a programme
-- columns: person_key, programme, pattern, action, rule, decision, amount_monthly, current_amount, gives_way_to, worth,
--   by_worth, declined_on, recurs, receiving, rests_on, is_paid, money_flows, effective_on, first_payment_month,
--   start_month, last_paid_month, first_wrong_month, began_late, money_months
-- from: decisions.newly_reached, decisions.programme, decisions.ruling, decisions.stop_ground, decisions.upcoming,
--   facts.person, facts.reported, run.context
-- materialized: view
WITH line AS (
    SELECT
        g.person_key,
        g.programme,
        g.pattern,
        g.action,
        g.rule,
        g.decision,
        g.amount_monthly,
        g.current_amount,
        g.gives_way_to,
        g.worth,
        g.by_worth,
        g.declined_on,
        g.recurs,
        g.receiving,
        g.start_month,
        g.last_paid_month,
        d.is_paid,
        d.is_paid OR g.current_amount IS NOT NULL AS money_flows,
        d.starts,
        d.stops,
        d.starts_from,
        CASE WHEN g.rule IN ('stop:dead', 'stop:deregistered', 'stop:lost') THEN g.clear_mask ELSE d.extract_mask END
            AS rests_on,
        CASE
            WHEN g.decision = 'unknown' THEN NULL
            WHEN g.decision = 'ineligible' THEN f.ended_on
            WHEN g.action = 'adjust' AND g.amount_since IS NOT NULL
                THEN greatest(g.since, g.amount_since, d.starts_from)
            WHEN d.is_paid AND d.begins_by_facts AND g.since IS NULL THEN NULL
            ELSE greatest(g.since, d.starts_from)
        END AS effective_on,
        g.action = 'stop' AND coalesce(f.never_aged, FALSE) AS never_aged,
        p.died_on
    FROM decisions.ruling AS g
    INNER JOIN decisions.programme AS d ON d.programme = g.programme
    INNER JOIN facts.person AS p ON p.person_key = g.person_key
    LEFT JOIN decisions.stop_ground AS f ON f.person_key = g.person_key AND f.programme = g.programme
    UNION ALL
    SELECT
        u.person_key,
        u.programme,
        u.pattern,
        CASE
            WHEN u.declined_on IS NOT NULL THEN 'declined'
            WHEN v.person_key IS NOT NULL THEN 'verify'
            ELSE 'upcoming'
        END AS action,
        CASE
            WHEN u.declined_on IS NOT NULL THEN 'declined:refused'
            WHEN v.person_key IS NOT NULL THEN 'verify:reported_' || v.kind
            ELSE 'upcoming:age'
        END AS rule,
        'ineligible' AS decision,
        u.amount_monthly,
        CAST(NULL AS DECIMAL(12, 2)) AS current_amount,
        CAST(NULL AS VARCHAR) AS gives_way_to,
        CAST(NULL AS DECIMAL(12, 2)) AS worth,
        CAST(NULL AS DECIMAL(12, 2)) AS by_worth,
        u.declined_on,
        FALSE AS recurs,
        FALSE AS receiving,
        CAST(NULL AS DATE) AS start_month,
        CAST(NULL AS DATE) AS last_paid_month,
        d.is_paid,
        d.is_paid AS money_flows,
        d.starts,
        d.stops,
        d.starts_from,
        d.extract_mask AS rests_on,
        u.on_day AS effective_on,
        FALSE AS never_aged,
        CAST(NULL AS DATE) AS died_on
    FROM decisions.upcoming AS u
    INNER JOIN decisions.programme AS d ON d.programme = u.programme
    LEFT JOIN facts.reported AS v ON v.person_key = u.person_key
    UNION ALL
    SELECT
        r.person_key,
        r.programme,
        r.pattern,
        CASE WHEN v.person_key IS NOT NULL THEN 'verify' ELSE 'inform' END AS action,
        CASE WHEN v.person_key IS NOT NULL THEN 'verify:reported_' || v.kind ELSE 'inform:age' END AS rule,
        'eligible' AS decision,
        CAST(NULL AS DECIMAL(12, 2)) AS amount_monthly,
        CAST(NULL AS DECIMAL(12, 2)) AS current_amount,
        CAST(NULL AS VARCHAR) AS gives_way_to,
        CAST(NULL AS DECIMAL(12, 2)) AS worth,
        CAST(NULL AS DECIMAL(12, 2)) AS by_worth,
        CAST(NULL AS DATE) AS declined_on,
        FALSE AS recurs,
        FALSE AS receiving,
        CAST(NULL AS DATE) AS start_month,
        CAST(NULL AS DATE) AS last_paid_month,
        d.is_paid,
        d.is_paid AS money_flows,
        d.starts,
        d.stops,
        d.starts_from,
        d.extract_mask AS rests_on,
        r.on_day AS effective_on,
        FALSE AS never_aged,
        CAST(NULL AS DATE) AS died_on
    FROM decisions.newly_reached AS r
    INNER JOIN decisions.programme AS d ON d.programme = r.programme
    LEFT JOIN facts.reported AS v ON v.person_key = r.person_key
),

dated AS (
    SELECT
        line.*,
        CASE
            WHEN action NOT IN ('add', 'adjust', 'keep', 'upcoming') OR NOT is_paid THEN NULL
            WHEN starts = 'month_found' AND action = 'add' THEN make_date(year(c.as_of), month(c.as_of), 1)
            WHEN starts = 'month_found' AND action = 'upcoming'
                THEN make_date(year(effective_on), month(effective_on), 1)
            WHEN starts_from IS NULL OR starts = 'month_found' AND action = 'keep' THEN NULL
            WHEN starts = 'month_of' THEN make_date(year(effective_on), month(effective_on), 1)
            WHEN month(effective_on) = 12 THEN make_date(year(effective_on) + 1, 1, 1)
            ELSE make_date(year(effective_on), month(effective_on) + 1, 1)
        END AS first_payment_month,
        CASE
            WHEN action <> 'stop' THEN NULL
            WHEN stops = 'month_of' THEN make_date(year(effective_on), month(effective_on), 1)
            WHEN month(effective_on) = 12 THEN make_date(year(effective_on) + 1, 1, 1)
            ELSE make_date(year(effective_on), month(effective_on) + 1, 1)
        END AS first_month_without_right
    FROM line
    CROSS JOIN run.context AS c
),

charged AS (
    SELECT
        *,
        CASE
            WHEN never_aged THEN start_month
            WHEN start_month > first_month_without_right THEN start_month
            ELSE first_month_without_right
        END AS first_wrong_month,
        CASE
            WHEN action <> 'stop' OR never_aged THEN NULL
            WHEN start_month > died_on THEN 'dead'
            WHEN start_month >= first_month_without_right THEN 'lost'
        END AS began_late
    FROM dated
)

SELECT
    b.person_key,
    b.programme,
    b.pattern,
    b.action,
    b.rule,
    b.decision,
    b.amount_monthly,
    b.current_amount,
    b.gives_way_to,
    b.worth,
    b.by_worth,
    b.declined_on,
    b.recurs,
    b.receiving,
    b.rests_on,
    b.is_paid,
    b.money_flows,
    b.effective_on,
    b.first_payment_month,
    b.start_month,
    b.last_paid_month,
    b.first_wrong_month,
    b.began_late,
    CASE
        WHEN b.action = 'add' AND b.first_payment_month IS NOT NULL
            THEN greatest(
                0,
                (year(c.as_of) - year(b.first_payment_month)) * 12 + month(c.as_of) - month(b.first_payment_month) + 1
            )
        WHEN b.action = 'stop' AND b.money_flows AND b.first_wrong_month IS NOT NULL AND b.last_paid_month IS NOT NULL
            THEN greatest(
                0,
                (year(b.last_paid_month) - year(b.first_wrong_month)) * 12
                + month(b.last_paid_month) - month(b.first_wrong_month) + 1
            )
    END AS money_months
FROM charged AS b
CROSS JOIN run.context AS c
