-- mart.person: the published person: who she is, where she is found, and every fact about her.
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
--   health_checked_this_year, rescued, household_has_carer, household_carers, receiving, in_register,
--   last_register_status, death_evidence, identity_grade
-- from: facts.delivered, facts.person, facts.receiving, run.context
WITH paid AS (
    SELECT
        person_key,
        array_sort(list(struct_pack(programme := programme, amount := amount))) AS receiving
    FROM facts.receiving
    GROUP BY person_key
)

SELECT
    p.person_id,
    c.region,
    p.household_id,
    p.name,
    p.id_number,
    p.former_id_number,
    p.sex,
    p.birth_date,
    p.age,
    p.alive,
    p.died_on,
    p.registered,
    p.area_code,
    p.town_code,
    p.address,
    p.address_source,
    p.address_date,
    p.phone,
    p.phone_source,
    p.phone_date,
    list_transform(
        p.hardship_rolls,
        lambda code: CASE code
            WHEN 11 THEN 'minimum_living'
            WHEN 12 THEN 'destitute_dispersed'
            WHEN 13 THEN 'destitute_central'
            WHEN 21 THEN 'margin'
            WHEN 22 THEN 'expenditure'
            WHEN 31 THEN 'poverty_watch'
        END
    ) AS hardship_rolls,
    p.hardship,
    p.hard_up,
    p.destitute,
    p.on_minimum_living,
    p.on_destitute_dispersed,
    p.on_destitute_central,
    p.on_margin,
    p.on_expenditure,
    p.on_poverty_watch,
    p.has_certificate,
    p.disability_category,
    p.disability_grade,
    p.severely_disabled,
    p.ability_level,
    p.has_assessment,
    p.disabled_old,
    p.unable_to_self_care,
    p.partly_unable,
    p.surveyed,
    p.lives_alone,
    p.empty_nest,
    p.left_behind,
    p.has_supporter,
    p.no_supporter,
    p.family_planning,
    p.fp_special,
    p.preferential,
    p.periodic_pension,
    p.pension_scheme,
    p.pension_status,
    p.employee_pension_open,
    p.employee_pension_drawn,
    p.employee_age_reached,
    p.resident_pension_open,
    p.resident_pension_drawn,
    p.work_injury_care,
    p.long_term_care,
    p.married_to,
    p.ever_visited,
    p.last_visit_on,
    p.days_since_visit,
    p.visited_this_week,
    p.visited_this_month,
    p.last_health_check_on,
    p.health_checked_this_year,
    p.rescued,
    p.household_has_carer,
    p.household_carers,
    CASE
        WHEN d.benefit_roll
            THEN coalesce(r.receiving, CAST([] AS STRUCT(programme VARCHAR, amount DECIMAL(12, 2))[]))
    END AS receiving,
    p.in_register,
    p.last_register_status,
    p.death_evidence,
    p.identity_grade
FROM facts.person AS p
CROSS JOIN run.context AS c
CROSS JOIN facts.delivered AS d
LEFT JOIN paid AS r ON r.person_key = p.person_key
