-- changes.fact: facts that differ between the two nights, of the persons whose lines differ. Only of persons who were
-- there on both nights; facts that are lists are left out: no condition names them.
-- grain: a person × fact, both values as text
-- columns: person_id, fact, before, after
-- from: changes.subject, earlier.person, facts.person
SELECT d.person_id, d.fact.fact AS fact, d.fact.before AS before, d.fact.after AS after
FROM (
    SELECT
        s.person_id,
        unnest(
            list_filter(
                [
                    struct_pack(fact := 'alive', before := CAST(b.alive AS VARCHAR), after := CAST(n.alive AS VARCHAR)),
                    struct_pack(fact := 'registered', before := CAST(b.registered AS VARCHAR), after := CAST(n.registered AS VARCHAR)),
                    struct_pack(fact := 'birth_date', before := CAST(b.birth_date AS VARCHAR), after := CAST(n.birth_date AS VARCHAR)),
                    struct_pack(fact := 'age', before := CAST(b.age AS VARCHAR), after := CAST(n.age AS VARCHAR)),
                    struct_pack(fact := 'sex', before := CAST(b.sex AS VARCHAR), after := CAST(n.sex AS VARCHAR)),
                    struct_pack(fact := 'area_code', before := CAST(b.area_code AS VARCHAR), after := CAST(n.area_code AS VARCHAR)),
                    struct_pack(fact := 'town_code', before := CAST(b.town_code AS VARCHAR), after := CAST(n.town_code AS VARCHAR)),
                    struct_pack(fact := 'household_id', before := CAST(b.household_id AS VARCHAR), after := CAST(n.household_id AS VARCHAR)),
                    struct_pack(fact := 'hardship', before := CAST(b.hardship AS VARCHAR), after := CAST(n.hardship AS VARCHAR)),
                    struct_pack(fact := 'hard_up', before := CAST(b.hard_up AS VARCHAR), after := CAST(n.hard_up AS VARCHAR)),
                    struct_pack(fact := 'destitute', before := CAST(b.destitute AS VARCHAR), after := CAST(n.destitute AS VARCHAR)),
                    struct_pack(fact := 'on_minimum_living', before := CAST(b.on_minimum_living AS VARCHAR), after := CAST(n.on_minimum_living AS VARCHAR)),
                    struct_pack(fact := 'on_destitute_dispersed', before := CAST(b.on_destitute_dispersed AS VARCHAR), after := CAST(n.on_destitute_dispersed AS VARCHAR)),
                    struct_pack(fact := 'on_destitute_central', before := CAST(b.on_destitute_central AS VARCHAR), after := CAST(n.on_destitute_central AS VARCHAR)),
                    struct_pack(fact := 'on_margin', before := CAST(b.on_margin AS VARCHAR), after := CAST(n.on_margin AS VARCHAR)),
                    struct_pack(fact := 'on_expenditure', before := CAST(b.on_expenditure AS VARCHAR), after := CAST(n.on_expenditure AS VARCHAR)),
                    struct_pack(fact := 'on_poverty_watch', before := CAST(b.on_poverty_watch AS VARCHAR), after := CAST(n.on_poverty_watch AS VARCHAR)),
                    struct_pack(fact := 'has_certificate', before := CAST(b.has_certificate AS VARCHAR), after := CAST(n.has_certificate AS VARCHAR)),
                    struct_pack(fact := 'disability_category', before := CAST(b.disability_category AS VARCHAR), after := CAST(n.disability_category AS VARCHAR)),
                    struct_pack(fact := 'disability_grade', before := CAST(b.disability_grade AS VARCHAR), after := CAST(n.disability_grade AS VARCHAR)),
                    struct_pack(fact := 'severely_disabled', before := CAST(b.severely_disabled AS VARCHAR), after := CAST(n.severely_disabled AS VARCHAR)),
                    struct_pack(fact := 'ability_level', before := CAST(b.ability_level AS VARCHAR), after := CAST(n.ability_level AS VARCHAR)),
                    struct_pack(fact := 'has_assessment', before := CAST(b.has_assessment AS VARCHAR), after := CAST(n.has_assessment AS VARCHAR)),
                    struct_pack(fact := 'disabled_old', before := CAST(b.disabled_old AS VARCHAR), after := CAST(n.disabled_old AS VARCHAR)),
                    struct_pack(fact := 'unable_to_self_care', before := CAST(b.unable_to_self_care AS VARCHAR), after := CAST(n.unable_to_self_care AS VARCHAR)),
                    struct_pack(fact := 'partly_unable', before := CAST(b.partly_unable AS VARCHAR), after := CAST(n.partly_unable AS VARCHAR)),
                    struct_pack(fact := 'surveyed', before := CAST(b.surveyed AS VARCHAR), after := CAST(n.surveyed AS VARCHAR)),
                    struct_pack(fact := 'lives_alone', before := CAST(b.lives_alone AS VARCHAR), after := CAST(n.lives_alone AS VARCHAR)),
                    struct_pack(fact := 'empty_nest', before := CAST(b.empty_nest AS VARCHAR), after := CAST(n.empty_nest AS VARCHAR)),
                    struct_pack(fact := 'left_behind', before := CAST(b.left_behind AS VARCHAR), after := CAST(n.left_behind AS VARCHAR)),
                    struct_pack(fact := 'has_supporter', before := CAST(b.has_supporter AS VARCHAR), after := CAST(n.has_supporter AS VARCHAR)),
                    struct_pack(fact := 'no_supporter', before := CAST(b.no_supporter AS VARCHAR), after := CAST(n.no_supporter AS VARCHAR)),
                    struct_pack(fact := 'family_planning', before := CAST(b.family_planning AS VARCHAR), after := CAST(n.family_planning AS VARCHAR)),
                    struct_pack(fact := 'fp_special', before := CAST(b.fp_special AS VARCHAR), after := CAST(n.fp_special AS VARCHAR)),
                    struct_pack(fact := 'preferential', before := CAST(b.preferential AS VARCHAR), after := CAST(n.preferential AS VARCHAR)),
                    struct_pack(fact := 'periodic_pension', before := CAST(b.periodic_pension AS VARCHAR), after := CAST(n.periodic_pension AS VARCHAR)),
                    struct_pack(fact := 'employee_pension_open', before := CAST(b.employee_pension_open AS VARCHAR), after := CAST(n.employee_pension_open AS VARCHAR)),
                    struct_pack(fact := 'employee_pension_drawn', before := CAST(b.employee_pension_drawn AS VARCHAR), after := CAST(n.employee_pension_drawn AS VARCHAR)),
                    struct_pack(fact := 'employee_age_reached', before := CAST(b.employee_age_reached AS VARCHAR), after := CAST(n.employee_age_reached AS VARCHAR)),
                    struct_pack(fact := 'resident_pension_open', before := CAST(b.resident_pension_open AS VARCHAR), after := CAST(n.resident_pension_open AS VARCHAR)),
                    struct_pack(fact := 'resident_pension_drawn', before := CAST(b.resident_pension_drawn AS VARCHAR), after := CAST(n.resident_pension_drawn AS VARCHAR)),
                    struct_pack(fact := 'work_injury_care', before := CAST(b.work_injury_care AS VARCHAR), after := CAST(n.work_injury_care AS VARCHAR)),
                    struct_pack(fact := 'long_term_care', before := CAST(b.long_term_care AS VARCHAR), after := CAST(n.long_term_care AS VARCHAR)),
                    struct_pack(fact := 'married_to', before := CAST(b.married_to AS VARCHAR), after := CAST(n.married_to AS VARCHAR)),
                    struct_pack(fact := 'ever_visited', before := CAST(b.ever_visited AS VARCHAR), after := CAST(n.ever_visited AS VARCHAR)),
                    struct_pack(fact := 'last_visit_on', before := CAST(b.last_visit_on AS VARCHAR), after := CAST(n.last_visit_on AS VARCHAR)),
                    struct_pack(fact := 'days_since_visit', before := CAST(b.days_since_visit AS VARCHAR), after := CAST(n.days_since_visit AS VARCHAR)),
                    struct_pack(fact := 'visited_this_week', before := CAST(b.visited_this_week AS VARCHAR), after := CAST(n.visited_this_week AS VARCHAR)),
                    struct_pack(fact := 'visited_this_month', before := CAST(b.visited_this_month AS VARCHAR), after := CAST(n.visited_this_month AS VARCHAR)),
                    struct_pack(fact := 'last_health_check_on', before := CAST(b.last_health_check_on AS VARCHAR), after := CAST(n.last_health_check_on AS VARCHAR)),
                    struct_pack(fact := 'health_checked_this_year', before := CAST(b.health_checked_this_year AS VARCHAR), after := CAST(n.health_checked_this_year AS VARCHAR)),
                    struct_pack(fact := 'rescued', before := CAST(b.rescued AS VARCHAR), after := CAST(n.rescued AS VARCHAR)),
                    struct_pack(fact := 'household_has_carer', before := CAST(b.household_has_carer AS VARCHAR), after := CAST(n.household_has_carer AS VARCHAR)),
                    struct_pack(fact := 'household_carers', before := CAST(b.household_carers AS VARCHAR), after := CAST(n.household_carers AS VARCHAR))
                ],
                lambda value: value.before IS DISTINCT FROM value.after
            )
        ) AS fact
    FROM changes.subject AS s
    INNER JOIN earlier.person AS b ON b.person_id = s.person_id_before
    INNER JOIN facts.person AS n ON n.person_key = s.person_key
) AS d
