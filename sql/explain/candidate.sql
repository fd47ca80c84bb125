-- The list lines of one person.
-- grain: a programme × action
-- columns: person_id, programme, programme_name, mode, action, stop_evidence, amount_monthly, current_amount,
--   effective_on, first_payment_month, reason_text, citation, lead, funding, identity_grade, name, sex, age,
--   birth_date, id_number, address, phone, area_code, town_code, household_id, rule, first_seen_on, money_months,
--   money_sum, last_contact_on, last_result, town_name, community_name, need_class, last_on, due_by, recheck_cause,
--   last_met_on, agreed_on, first_found_on
-- from: mart.candidate
SELECT *
FROM mart.candidate
WHERE person_id = $person_id
ORDER BY programme, action
