-- The published person: who it is, where the person is found, and every fact.
-- Written from contracts/facts.py and contracts/published/tables/person.py by `python -m contracts.generate`: not to be
-- edited.
-- grain: a person
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
-- from: facts.delivered, facts.person, facts.receiving, run.context
WITH paid AS (
    SELECT
        person_key,
        array_sort(list(struct_pack(programme := programme, amount := amount))) AS receiving
    FROM facts.receiving
    GROUP BY person_key
)

SELECT
    person.person_id,
    context.region,
    person.household_id,
    person.name,
    person.id_number,
    person.former_id_number,
    person.sex,
    person.birth_date,
    person.age,
    person.alive,
    person.died_on,
    person.registered,
    person.area_code,
    person.town_code,
    person.address,
    person.address_source,
    person.address_date,
    person.phone,
    person.phone_source,
    person.phone_date,
    list_transform(
        person.hardship_rolls,
        lambda number: CASE number
            WHEN 11 THEN 'minimum_living'
            WHEN 12 THEN 'destitute_dispersed'
            WHEN 13 THEN 'destitute_central'
            WHEN 21 THEN 'margin'
            WHEN 22 THEN 'expenditure'
            WHEN 31 THEN 'poverty_watch'
        END
    ) AS hardship_rolls,
    person.hardship,
    person.hard_up,
    person.destitute,
    person.on_minimum_living,
    person.on_destitute_dispersed,
    person.on_destitute_central,
    person.on_margin,
    person.on_expenditure,
    person.on_poverty_watch,
    person.has_certificate,
    person.disability_category,
    person.disability_grade,
    person.severely_disabled,
    person.ability_level,
    person.has_assessment,
    person.disabled_old,
    person.unable_to_self_care,
    person.partly_unable,
    person.surveyed,
    person.lives_alone,
    person.empty_nest,
    person.left_behind,
    person.has_supporter,
    person.no_supporter,
    person.family_planning,
    person.fp_special,
    person.preferential,
    person.periodic_pension,
    person.pension_scheme,
    person.pension_status,
    person.employee_pension_open,
    person.employee_pension_drawn,
    person.employee_age_reached,
    person.resident_pension_open,
    person.resident_pension_drawn,
    person.work_injury_care,
    person.long_term_care,
    person.married_to,
    person.ever_visited,
    person.last_visit_on,
    person.days_since_visit,
    person.visited_this_week,
    person.visited_this_month,
    person.last_health_check_on,
    person.health_checked_this_year,
    person.last_sign_of_life_on,
    person.rescued,
    person.household_has_carer,
    person.household_carers,
    CASE
        WHEN delivered.benefit_roll
            THEN coalesce(
                paid.receiving, CAST([] AS STRUCT(programme VARCHAR, amount DECIMAL(12, 2))[])
            )
    END AS receiving,
    person.in_register,
    person.last_register_status,
    person.death_evidence,
    person.identity_grade
FROM facts.person AS person
CROSS JOIN run.context AS context
CROSS JOIN facts.delivered AS delivered
LEFT JOIN paid ON paid.person_key = person.person_key
