-- The state of each person with each programme that may call for action: decision, receipt and doubts.
-- receiving: NULL = not known, the roll was not delivered. rival_unknown: a benefit is received of the same exclusive
-- group whose own conditions are unknown. household_unknown: a benefit of one to a household, and the household is not
-- known. doubt: what the register itself leaves in doubt of the person (facts.doubt). declined: 'clear' or 'review' by
-- its link. may_receive, may_have_declined: by a row that may be the person's. quarantined_…: a row in quarantine
-- could mean it (decisions.guard); by_quarantined: that the one to whom this programme gives way has died, has
-- refused, or has no right. death_swapped: a death record names the person, with name and number in each other's
-- cells. Of a service that recurs for the person a refusal counts in the present period only. awaits_extract: the
-- outreach team has seen it done within 30 days. confirmed_rule: the rule that an officer found right (属实) within 90
-- days, '' = whichever it was. suspended, suspended_review: it is paused; every row of it is under review. expiring:
-- it is received, and the right will not be known to last 60 days. life_unproved: nobody has met the person for too
-- long.
-- grain: a person and a programme of decisions.actionable_case
-- columns: person_key, programme, pattern, mode, one_off, registration_presumes, decision, receiving, amount_monthly,
--   current_amount, start_month, last_paid_month, amount_wrong, since, amount_since, in_register, displaced,
--   gives_way_to, by_person, by_programme, worth, by_worth, by_receiving, receipt_review, facts_review, by_review,
--   by_declined, declined_on, declined, rival_unknown, may_receive, may_have_declined, quarantined_receipt,
--   quarantined_death, quarantined_life, quarantined_refusal, quarantined_right, quarantined_amount,
--   quarantined_exclusion, quarantined_rival, by_quarantined, clear, clear_mask, dead, deregistered, all_under_review,
--   possibly_linked, not_begun, household_unknown, doubt, has_unknown, only_window_false, due, recurs,
--   visit_log_missing, death_swapped, awaits_extract, confirmed_rule, suspended, suspended_review, expiring,
--   life_unproved
-- from: decisions.actionable_case, decisions.beginning, decisions.displaced_today, decisions.expiring,
--   decisions.extract, decisions.guard, decisions.link_certainty, decisions.loss, decisions.pattern,
--   decisions.programme, decisions.receipt, decisions.suspended, facts.declined, facts.doubt, facts.last_contact,
--   facts.person, facts.swapped_death, run.context
-- materialized: view
SELECT
    e.person_key,
    e.programme,
    e.pattern,
    d.mode,
    d.one_off,
    d.registration_presumes,
    CASE
        WHEN x.person_key IS NOT NULL THEN 'ineligible'
        WHEN e.verdict THEN 'eligible'
        WHEN e.verdict IS NULL THEN 'unknown'
        ELSE 'ineligible'
    END AS decision,
    CASE WHEN r.person_key IS NOT NULL THEN TRUE WHEN d.receipts_known THEN FALSE END AS receiving,
    e.amount_monthly,
    r.amount AS current_amount,
    r.start_month,
    r.last_paid_month,
    CASE
        WHEN e.amount_monthly IS NULL OR r.amount IS NULL THEN FALSE
        WHEN d.amount_is_floor THEN r.amount < e.amount_monthly
        WHEN d.amount_is_ceiling THEN r.amount > e.amount_monthly
        ELSE r.amount <> e.amount_monthly
    END AS amount_wrong,
    s.since,
    s.amount_since,
    p.in_register,
    x.person_key IS NOT NULL AS displaced,
    x.gives_way_to,
    x.by_person,
    x.by_programme,
    x.worth,
    x.by_worth,
    coalesce(x.by_receiving, FALSE) AS by_receiving,
    coalesce(r.grade = 'review', FALSE) AS receipt_review,
    (coalesce(v.review, 0) & d.extract_mask) <> 0 AS facts_review,
    (coalesce(w.review, 0) & coalesce(bd.extract_mask, 0)) <> 0 OR coalesce(wr.grade = 'review', FALSE)
    OR wrd.person_key IS NOT NULL AS by_review,
    coalesce(bn.declined_on IS NOT NULL AND NOT x.by_receiving, FALSE) AS by_declined,
    n.declined_on,
    CASE WHEN n.declined_on IS NULL THEN NULL WHEN n.grade = 'review' THEN 'review' ELSE 'clear' END AS declined,
    coalesce(u.rivals > 0, FALSE) AS rival_unknown,
    coalesce(gq.may_receive, FALSE) AS may_receive,
    coalesce(gq.may_have_declined, FALSE) AS may_have_declined,
    gq.receiving IS NOT NULL AS quarantined_receipt,
    gq.died IS NOT NULL AS quarantined_death,
    gq.alive IS NOT NULL AS quarantined_life,
    gq.declined IS NOT NULL AS quarantined_refusal,
    gq.entitled IS NOT NULL AS quarantined_right,
    gq.amount IS NOT NULL AS quarantined_amount,
    gq.excluded IS NOT NULL AS quarantined_exclusion,
    gq.rival IS NOT NULL AS quarantined_rival,
    coalesce(
        (bq.died IS NOT NULL AND x.by_person <> e.person_key)
        OR (bq.declined IS NOT NULL AND NOT x.by_receiving)
        OR bq.excluded IS NOT NULL,
        FALSE
    ) AS by_quarantined,
    l.clear,
    l.clear_mask,
    l.dead,
    l.deregistered,
    l.all_under_review,
    l.possibly_linked,
    l.not_begun,
    d.household AND p.household_id IS NULL AS household_unknown,
    rd.kind AS doubt,
    t.has_unknown,
    t.only_window_false,
    e.due,
    e.recurs,
    p.ever_visited IS NULL OR NOT vl.delivered AS visit_log_missing,
    sd.person_key IS NOT NULL AS death_swapped,
    coalesce(
        d.awaits_extract AND k.said = '已服务' AND date_diff('day', k.said_on, c.as_of) <= 30, FALSE
    ) AS awaits_extract,
    CASE
        WHEN k.said = '属实' AND date_diff('day', k.said_on, c.as_of) <= 90 THEN coalesce(k.about, '')
    END AS confirmed_rule,
    sp.person_key IS NOT NULL AS suspended,
    coalesce(sp.is_review, FALSE) AS suspended_review,
    ex.person_key IS NOT NULL AS expiring,
    coalesce(
        p.age >= 60
        AND d.life_proof_days IS NOT NULL
        AND coalesce(date_diff('day', p.last_sign_of_life_on, c.as_of) > d.life_proof_days, TRUE),
        FALSE
    ) AS life_unproved
FROM decisions.actionable_case AS e
INNER JOIN decisions.programme AS d ON d.programme = e.programme
INNER JOIN decisions.pattern AS t ON t.programme = e.programme AND t.pattern = e.pattern
INNER JOIN facts.person AS p ON p.person_key = e.person_key
CROSS JOIN run.context AS c
INNER JOIN decisions.extract AS vl ON vl.extract = 'visit_log'
LEFT JOIN decisions.beginning AS s ON s.person_key = e.person_key AND s.programme = e.programme
LEFT JOIN decisions.receipt AS r ON r.person_key = e.person_key AND r.programme = e.programme
LEFT JOIN decisions.displaced_today AS x ON x.person_key = e.person_key AND x.programme = e.programme
LEFT JOIN decisions.programme AS bd ON bd.programme = x.by_programme
LEFT JOIN decisions.link_certainty AS v ON v.person_key = e.person_key
LEFT JOIN decisions.link_certainty AS w ON w.person_key = x.by_person
LEFT JOIN decisions.receipt AS wr ON wr.person_key = x.by_person AND wr.programme = x.by_programme
LEFT JOIN facts.declined AS bn ON bn.person_key = x.by_person AND bn.programme = x.by_programme
LEFT JOIN facts.declined AS n
    ON n.person_key = e.person_key
    AND n.programme = e.programme
    AND (d.period_began IS NULL OR NOT coalesce(e.recurs, TRUE) OR n.declined_on >= d.period_began)
LEFT JOIN facts.last_contact AS k ON k.person_key = e.person_key AND k.programme = e.programme
LEFT JOIN facts.swapped_death AS sd ON sd.person_key = e.person_key
LEFT JOIN facts.doubt AS rd ON rd.person_key = e.person_key
LEFT JOIN facts.doubt AS wrd ON wrd.person_key = x.by_person
LEFT JOIN decisions.guard AS gq ON gq.person_key = e.person_key AND gq.programme = e.programme
LEFT JOIN decisions.guard AS bq ON bq.person_key = x.by_person AND bq.programme = x.by_programme
LEFT JOIN decisions.suspended AS sp ON sp.person_key = e.person_key AND sp.programme = e.programme
LEFT JOIN decisions.expiring AS ex ON ex.person_key = e.person_key AND ex.programme = e.programme
LEFT JOIN decisions.loss AS l ON l.person_key = e.person_key AND l.programme = e.programme
LEFT JOIN (
    SELECT
        q.person_key,
        dq.exclusive_group,
        count(*) AS rivals
    FROM decisions.actionable_case AS q
    INNER JOIN decisions.programme AS dq ON dq.programme = q.programme
    INNER JOIN decisions.receipt AS rq ON rq.person_key = q.person_key AND rq.programme = q.programme
    WHERE q.verdict IS NULL AND dq.exclusive_group IS NOT NULL
    GROUP BY q.person_key, dq.exclusive_group
) AS u ON u.person_key = e.person_key AND u.exclusive_group = d.exclusive_group
