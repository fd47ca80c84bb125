-- What is to be done, and by which rule. rule: action, colon, cause. The order of the lines is the order of precedence.
-- For whom the register leaves in doubt (facts.doubt) nothing is added, adjusted or stopped: the cause is then the
-- doubt (also of the rows of the other registration, which may be the person's). Of a person who is reported dead or
-- moved away (facts.reported) nothing is granted, altered or done before that is looked into; a stop stays. Of mode
-- occasion nothing is ever to be done, and of a work done once for who has it only that it was done is shown. A recheck
-- that an officer found right (属实) within 90 days is done until its cause changes.
-- grain: a person and a programme that calls for action, of decisions.programme_state
-- columns: person_key, programme, pattern, action, rule, decision, receiving, amount_monthly, current_amount,
--   start_month, last_paid_month, since, amount_since, gives_way_to, worth, by_worth, clear_mask, dead, deregistered,
--   declined_on, recurs
-- from: decisions.programme_state, facts.reported
-- materialized: view
SELECT
    person_key,
    programme,
    pattern,
    split_part(rule, ':', 1) AS action,
    rule,
    decision,
    receiving,
    amount_monthly,
    current_amount,
    start_month,
    last_paid_month,
    since,
    amount_since,
    gives_way_to,
    worth,
    by_worth,
    clear_mask,
    dead,
    deregistered,
    declined_on,
    recurs
FROM (
    SELECT
        found.*,
        CASE
            WHEN reported.person_key IS NOT NULL THEN 'verify:reported_' || reported.kind
            WHEN doubt IS NOT NULL AND split_part(found_rule, ':', 1) IN ('add', 'adjust', 'stop')
                THEN 'verify:' || doubt
            WHEN doubt = 'death_taken_back' AND split_part(found_rule, ':', 1) = 'recheck' THEN 'verify:' || doubt
            WHEN doubt = 'registered_anew' AND found_rule IN ('verify:possible', 'verify:may_receive')
                THEN 'verify:' || doubt
            WHEN split_part(found_rule, ':', 1) = 'recheck' AND confirmed_rule IN ('', found_rule) THEN 'keep:rechecked'
            ELSE found_rule
        END AS rule
    FROM (
        SELECT
            *,
            CASE
                WHEN mode = 'occasion' THEN NULL
                WHEN one_off AND receiving THEN CASE WHEN decision = 'eligible' THEN 'keep:right' END
                WHEN decision = 'ineligible' AND receiving
                    THEN CASE
                        WHEN NOT in_register AND registration_presumes THEN NULL
                        WHEN NOT in_register THEN 'verify:unlinked'
                        WHEN receipt_review THEN 'verify:review'
                        WHEN displaced AND (facts_review OR by_review) THEN 'verify:review'
                        WHEN displaced AND by_declined THEN 'verify:declined'
                        WHEN displaced AND by_quarantined THEN 'verify:quarantined_winner'
                        WHEN displaced AND quarantined_receipt THEN 'verify:quarantined_receipt'
                        WHEN displaced AND gives_way_to IS NOT NULL THEN 'stop:gives_way'
                        WHEN displaced THEN 'stop:household'
                        WHEN only_window_false THEN 'keep:served'
                        WHEN dead AND quarantined_life THEN 'verify:quarantined_right'
                        WHEN dead THEN 'stop:dead'
                        WHEN clear AND quarantined_receipt THEN 'verify:quarantined_receipt'
                        WHEN deregistered THEN 'stop:deregistered'
                        WHEN clear THEN 'stop:lost'
                        WHEN possibly_linked AND quarantined_right THEN 'verify:quarantined_right'
                        WHEN not_begun THEN 'verify:not_begun'
                        WHEN possibly_linked THEN 'verify:possible'
                        ELSE 'verify:review'
                    END
                WHEN decision = 'ineligible' AND mode = 'auto'
                    THEN CASE
                        WHEN displaced AND by_review AND NOT by_receiving THEN 'verify:review'
                        WHEN displaced THEN NULL
                        WHEN all_under_review AND NOT has_unknown THEN 'verify:review'
                    END
                WHEN decision = 'ineligible' THEN NULL
                WHEN decision = 'unknown' AND mode = 'auto' THEN 'verify:unknown'
                WHEN decision = 'unknown' AND suspended AND mode = 'confirm'
                    THEN CASE
                        WHEN NOT in_register AND registration_presumes THEN NULL
                        WHEN facts_review OR suspended_review THEN 'verify:review'
                        ELSE 'recheck:suspended'
                    END
                WHEN decision = 'unknown' THEN NULL
                WHEN mode = 'due' AND due AND awaits_extract THEN NULL
                WHEN mode = 'due' AND due AND declined = 'clear' THEN 'declined:refused'
                WHEN mode = 'due' AND due THEN 'due:periodic'
                WHEN mode = 'due' AND due IS NULL AND visit_log_missing THEN 'verify:visit_log'
                WHEN mode = 'due' AND NOT coalesce(receiving, FALSE) THEN NULL
                WHEN receiving AND amount_wrong AND (facts_review OR receipt_review) THEN 'verify:review'
                WHEN receiving AND amount_wrong AND quarantined_death THEN 'verify:quarantined_death'
                WHEN receiving AND amount_wrong AND quarantined_receipt THEN 'verify:quarantined_receipt'
                WHEN receiving AND amount_wrong AND quarantined_refusal THEN 'verify:quarantined_refusal'
                WHEN receiving AND amount_wrong AND quarantined_exclusion THEN 'verify:quarantined_exclusion'
                WHEN receiving AND amount_wrong AND quarantined_amount THEN 'verify:quarantined_amount'
                WHEN receiving AND amount_wrong THEN 'adjust:amount'
                WHEN receiving AND death_swapped THEN 'verify:review'
                WHEN
                    receiving AND mode IN ('auto', 'confirm') AND (expiring OR life_unproved)
                    AND (facts_review OR receipt_review)
                    THEN 'verify:review'
                WHEN receiving AND mode IN ('auto', 'confirm') AND expiring THEN 'recheck:expiring'
                WHEN receiving AND mode IN ('auto', 'confirm') AND life_unproved THEN 'recheck:no_sign_of_life'
                WHEN receiving THEN 'keep:right'
                WHEN receiving IS NULL AND mode IN ('auto', 'confirm') THEN 'verify:roll_absent'
                WHEN receiving IS NULL THEN NULL
                WHEN suspended AND (facts_review OR suspended_review OR death_swapped) THEN 'verify:review'
                WHEN suspended THEN 'recheck:suspended'
                WHEN declined = 'clear' THEN 'declined:refused'
                WHEN declined = 'review' THEN 'verify:declined_review'
                WHEN facts_review THEN 'verify:review'
                WHEN quarantined_death THEN 'verify:quarantined_death'
                WHEN quarantined_receipt THEN 'verify:quarantined_receipt'
                WHEN quarantined_refusal THEN 'verify:quarantined_refusal'
                WHEN quarantined_exclusion THEN 'verify:quarantined_exclusion'
                WHEN may_receive THEN 'verify:may_receive'
                WHEN may_have_declined THEN 'verify:declined_review'
                WHEN household_unknown THEN 'verify:household'
                WHEN rival_unknown THEN 'add:rival'
                WHEN quarantined_rival THEN 'add:quarantined_rival'
                ELSE 'add:entitled'
            END AS found_rule
        FROM decisions.programme_state
    ) AS found
    LEFT JOIN facts.reported AS reported
        ON reported.person_key = found.person_key
        AND NOT (found.one_off AND found.found_rule = 'keep:right')
        AND split_part(found.found_rule, ':', 1) IN ('add', 'adjust', 'keep', 'recheck', 'due')
    WHERE found_rule IS NOT NULL
) AS ruled
