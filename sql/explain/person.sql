-- Everything published about one person.
-- grain: the person $person_id, if in the release
-- columns: person_id, region, household_id, name, id_number, former_id_number, sex, birth_date, age, alive, died_on,
--   registered, area_code, town_code, address, address_source, address_date, phone, phone_source, phone_date,
--   hardship_rolls, hardship, hard_up, destitute, on_minimum_living, on_destitute_dispersed, on_destitute_central,
--   on_margin, on_expenditure, on_poverty_watch, has_certificate, disability_category, disability_grade,
--   severely_disabled, ability_level, has_assessment, disabled_old, unable_to_self_care, partly_unable, surveyed,
--   lives_alone, empty_nest, left_behind, has_supporter, no_supporter, family_planning, fp_special, preferential,
--   periodic_pension, pension_scheme, pension_status, employee_pension_open, employee_pension_drawn,
--   employee_age_reached, resident_pension_open, resident_pension_drawn, work_injury_care, long_term_care, married_to,
--   ever_visited, last_visit_on, days_since_visit, visited_this_week, visited_this_month, last_health_check_on,
--   health_checked_this_year, last_sign_of_life_on, rescued, household_has_carer, household_carers, receiving,
--   in_register, last_register_status, death_evidence, identity_grade
-- from: mart.person
SELECT *
FROM mart.person
WHERE person_id = $person_id
