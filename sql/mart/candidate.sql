-- mart.candidate: what is to be done, with all that a list line shows. identity_grade is of the links that the decision
-- rests on; first_seen_on is the first of the consecutive nights that have the line with this action; first_found_on
-- the night on which it was found that the person is entitled to what begins with the month of finding, remembered
-- while the person does not receive it.
-- grain: a person × programme × action
-- columns: person_id, programme, programme_name, mode, action, stop_evidence, amount_monthly, current_amount,
--   effective_on, first_payment_month, reason_text, citation, lead, funding, identity_grade, name, sex, age,
--   birth_date, id_number, address, phone, area_code, town_code, household_id, rule, first_seen_on, money_months,
--   money_sum, last_contact_on, last_result, town_name, community_name, need_class, last_on, due_by, recheck_cause,
--   last_met_on, agreed_on, first_found_on
-- from: changes.before, decisions.candidate, decisions.programme, facts.last_contact, facts.person, facts.wish,
--   run.area_name, run.context
WITH line AS (
    SELECT
        c.*,
        g.programme_name,
        g.mode,
        g.lead,
        g.funding,
        r.as_of,
        CASE WHEN b.action = c.action THEN coalesce(b.first_seen_on, r.as_of) ELSE r.as_of END AS first_seen_on,
        CASE
            WHEN g.starts = 'month_found' AND c.action NOT IN ('keep', 'stop') THEN coalesce(
                b.first_found_on,
                CASE WHEN c.action <> 'add' THEN NULL WHEN b.action = 'add' THEN b.first_seen_on ELSE r.as_of END
            )
        END AS first_found_on
    FROM decisions.candidate AS c
    CROSS JOIN run.context AS r
    LEFT JOIN decisions.programme AS g ON g.programme = c.programme
    LEFT JOIN changes.before AS b ON b.person_key = c.person_key AND b.programme = c.programme
),

dated AS (
    SELECT
        *,
        action = 'add' AND first_found_on IS NOT NULL AS from_month_found,
        (year(as_of) - year(first_found_on)) * 12 + month(as_of) - month(first_found_on) + 1 AS months_since_found
    FROM line
)

SELECT
    p.person_id,
    c.programme,
    c.programme_name,
    c.mode,
    c.action,
    c.stop_evidence,
    c.amount_monthly,
    c.current_amount,
    c.effective_on,
    CASE
        WHEN c.from_month_found THEN make_date(year(c.first_found_on), month(c.first_found_on), 1)
        ELSE c.first_payment_month
    END AS first_payment_month,
    c.reason_text,
    c.citation,
    c.lead,
    c.funding,
    c.identity_grade,
    p.name,
    p.sex,
    p.age,
    p.birth_date,
    p.id_number,
    p.address,
    p.phone,
    p.area_code,
    p.town_code,
    p.household_id,
    c.rule,
    c.first_seen_on,
    CAST(CASE WHEN c.from_month_found THEN c.months_since_found ELSE c.money_months END AS INTEGER) AS money_months,
    CASE
        WHEN c.from_month_found THEN CAST(c.amount_monthly * c.months_since_found AS DECIMAL(14, 2))
        ELSE c.money_sum
    END AS money_sum,
    k.last_contact_on,
    k.last_result,
    coalesce(t.name, p.town_code) AS town_name,
    coalesce(m.name, p.area_code) AS community_name,
    c.need_class,
    c.last_on,
    c.due_by,
    c.recheck_cause,
    p.last_met_on,
    w.said_on AS agreed_on,
    c.first_found_on
FROM dated AS c
INNER JOIN facts.person AS p ON p.person_key = c.person_key
LEFT JOIN facts.last_contact AS k ON k.person_key = c.person_key AND k.programme = c.programme
LEFT JOIN facts.wish AS w
    ON w.person_key = c.person_key AND w.programme = c.programme AND w.result = '同意' AND w.grade <> 'review'
LEFT JOIN run.area_name AS t ON t.area_code = p.town_code
LEFT JOIN run.area_name AS m ON m.area_code = p.area_code
