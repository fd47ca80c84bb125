-- Every line that may stand on a list, with its days and its money, before it is put into words.
-- One row: a person and a programme.
-- effective_on: the day the right begins (add, keep, …; never before the policy is in force), begins to be another
-- (adjust), has ended (stop), or the threshold is reached (upcoming, inform). first_payment_month: of what is paid. rests_on: bits of the extracts the line
-- rests on. money_months, money_sum: months due since the first payment month (add), or paid after the last month of
-- right (stop).
-- materialized: view
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
    b.receiving,
    b.rests_on,
    b.effective_on,
    b.first_payment_month,
    b.last_right_month,
    CASE
        WHEN b.action = 'add' AND b.first_payment_month IS NOT NULL
            THEN greatest(
                0,
                (year(c.as_of) - year(b.first_payment_month)) * 12 + month(c.as_of) - month(b.first_payment_month) + 1
            )
        WHEN b.action = 'stop' AND b.last_right_month IS NOT NULL AND b.last_paid_month IS NOT NULL
            THEN greatest(
                0,
                (year(b.last_paid_month) - year(b.last_right_month)) * 12
                + month(b.last_paid_month) - month(b.last_right_month)
            )
    END AS money_months
FROM (
    SELECT
        a.person_key,
        a.programme,
        a.pattern,
        a.action,
        a.rule,
        a.decision,
        a.amount_monthly,
        a.current_amount,
        a.gives_way_to,
        a.worth,
        a.by_worth,
        a.declined_on,
        a.receiving,
        a.rests_on,
        a.last_paid_month,
        a.effective_on,
        CASE
            WHEN a.action NOT IN ('add', 'adjust', 'keep', 'upcoming') OR NOT a.is_paid THEN NULL
            WHEN a.starts = 'month_of' THEN make_date(year(a.effective_on), month(a.effective_on), 1)
            WHEN month(a.effective_on) = 12 THEN make_date(year(a.effective_on) + 1, 1, 1)
            ELSE make_date(year(a.effective_on), month(a.effective_on) + 1, 1)
        END AS first_payment_month,
        CASE
            WHEN a.action <> 'stop' THEN NULL
            WHEN a.stops = 'month_after' THEN make_date(year(a.effective_on), month(a.effective_on), 1)
            WHEN month(a.effective_on) = 1 THEN make_date(year(a.effective_on) - 1, 12, 1)
            ELSE make_date(year(a.effective_on), month(a.effective_on) - 1, 1)
        END AS last_right_month
    FROM (
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
            g.receiving,
            g.last_paid_month,
            d.mode = 'auto' OR d.has_amount AS is_paid,
            d.starts,
            d.stops,
            CASE WHEN g.rule IN ('stop:dead', 'stop:deregistered', 'stop:lost') THEN g.clear_mask ELSE d.extract_mask END
                AS rests_on,
            CASE
                WHEN g.decision = 'unknown' THEN NULL
                WHEN g.decision = 'eligible' AND g.action = 'adjust'
                    THEN greatest(g.since, g.amount_since, d.starts_from)
                WHEN g.decision = 'eligible' THEN greatest(g.since, d.starts_from)
                WHEN p.alive = FALSE THEN p.died_on
                WHEN p.registered = FALSE AND d.needs_registration THEN p.deregistered_on
                WHEN g.gives_way_to IS NULL
                    THEN least(
                        CASE WHEN t.lost_hardship THEN p.hardship_ended_on END,
                        CASE WHEN t.lost_certificate THEN p.certificate_ended_on END,
                        CASE WHEN t.lost_ability THEN p.ability_ended_on END
                    )
            END AS effective_on
        FROM decisions.ruling AS g
        INNER JOIN decisions.programme AS d ON d.programme = g.programme
        INNER JOIN decisions.pattern AS t ON t.programme = g.programme AND t.pattern = g.pattern
        INNER JOIN facts.person AS p ON p.person_key = g.person_key
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
            FALSE AS receiving,
            CAST(NULL AS DATE) AS last_paid_month,
            d.mode = 'auto' OR d.has_amount AS is_paid,
            d.starts,
            d.stops,
            d.extract_mask AS rests_on,
            u.on_day AS effective_on
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
            FALSE AS receiving,
            CAST(NULL AS DATE) AS last_paid_month,
            d.mode = 'auto' OR d.has_amount AS is_paid,
            d.starts,
            d.stops,
            d.extract_mask AS rests_on,
            r.on_day AS effective_on
        FROM decisions.reached AS r
        INNER JOIN decisions.programme AS d ON d.programme = r.programme
        LEFT JOIN facts.reported AS v ON v.person_key = r.person_key
    ) AS a
) AS b
CROSS JOIN run.context AS c
