-- Facts that differ between the two nights, of the persons whose lines differ. Only of persons who were there on both
-- nights; facts that are lists are left out: no condition names them.
-- Written from contracts/facts.py by `python -m contracts.generate`: not to be edited.
-- grain: a person × fact, both values as text
-- columns: person_id, fact, before, after
-- from: changes.subject, facts.person, previous.person
SELECT
    differing.person_id,
    differing.fact.fact AS fact,
    differing.fact.before AS before,
    differing.fact.after AS after
FROM (
    SELECT
        subject.person_id,
        unnest(
            list_filter(
                [
                    struct_pack(
                        fact := 'alive',
                        before := CAST(previous.alive AS VARCHAR),
                        after := CAST(tonight.alive AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'registered',
                        before := CAST(previous.registered AS VARCHAR),
                        after := CAST(tonight.registered AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'birth_date',
                        before := CAST(previous.birth_date AS VARCHAR),
                        after := CAST(tonight.birth_date AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'age',
                        before := CAST(previous.age AS VARCHAR),
                        after := CAST(tonight.age AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'sex',
                        before := CAST(previous.sex AS VARCHAR),
                        after := CAST(tonight.sex AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'area_code',
                        before := CAST(previous.area_code AS VARCHAR),
                        after := CAST(tonight.area_code AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'town_code',
                        before := CAST(previous.town_code AS VARCHAR),
                        after := CAST(tonight.town_code AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'household_id',
                        before := CAST(previous.household_id AS VARCHAR),
                        after := CAST(tonight.household_id AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'hardship',
                        before := CAST(previous.hardship AS VARCHAR),
                        after := CAST(tonight.hardship AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'hard_up',
                        before := CAST(previous.hard_up AS VARCHAR),
                        after := CAST(tonight.hard_up AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'destitute',
                        before := CAST(previous.destitute AS VARCHAR),
                        after := CAST(tonight.destitute AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_minimum_living',
                        before := CAST(previous.on_minimum_living AS VARCHAR),
                        after := CAST(tonight.on_minimum_living AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_destitute_dispersed',
                        before := CAST(previous.on_destitute_dispersed AS VARCHAR),
                        after := CAST(tonight.on_destitute_dispersed AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_destitute_central',
                        before := CAST(previous.on_destitute_central AS VARCHAR),
                        after := CAST(tonight.on_destitute_central AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_margin',
                        before := CAST(previous.on_margin AS VARCHAR),
                        after := CAST(tonight.on_margin AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_expenditure',
                        before := CAST(previous.on_expenditure AS VARCHAR),
                        after := CAST(tonight.on_expenditure AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_poverty_watch',
                        before := CAST(previous.on_poverty_watch AS VARCHAR),
                        after := CAST(tonight.on_poverty_watch AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'has_certificate',
                        before := CAST(previous.has_certificate AS VARCHAR),
                        after := CAST(tonight.has_certificate AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'disability_category',
                        before := CAST(previous.disability_category AS VARCHAR),
                        after := CAST(tonight.disability_category AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'disability_grade',
                        before := CAST(previous.disability_grade AS VARCHAR),
                        after := CAST(tonight.disability_grade AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'severely_disabled',
                        before := CAST(previous.severely_disabled AS VARCHAR),
                        after := CAST(tonight.severely_disabled AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'ability_level',
                        before := CAST(previous.ability_level AS VARCHAR),
                        after := CAST(tonight.ability_level AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'has_assessment',
                        before := CAST(previous.has_assessment AS VARCHAR),
                        after := CAST(tonight.has_assessment AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'disabled_old',
                        before := CAST(previous.disabled_old AS VARCHAR),
                        after := CAST(tonight.disabled_old AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'unable_to_self_care',
                        before := CAST(previous.unable_to_self_care AS VARCHAR),
                        after := CAST(tonight.unable_to_self_care AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'partly_unable',
                        before := CAST(previous.partly_unable AS VARCHAR),
                        after := CAST(tonight.partly_unable AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'surveyed',
                        before := CAST(previous.surveyed AS VARCHAR),
                        after := CAST(tonight.surveyed AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'lives_alone',
                        before := CAST(previous.lives_alone AS VARCHAR),
                        after := CAST(tonight.lives_alone AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'empty_nest',
                        before := CAST(previous.empty_nest AS VARCHAR),
                        after := CAST(tonight.empty_nest AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'left_behind',
                        before := CAST(previous.left_behind AS VARCHAR),
                        after := CAST(tonight.left_behind AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'has_supporter',
                        before := CAST(previous.has_supporter AS VARCHAR),
                        after := CAST(tonight.has_supporter AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'no_supporter',
                        before := CAST(previous.no_supporter AS VARCHAR),
                        after := CAST(tonight.no_supporter AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'family_planning',
                        before := CAST(previous.family_planning AS VARCHAR),
                        after := CAST(tonight.family_planning AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'fp_special',
                        before := CAST(previous.fp_special AS VARCHAR),
                        after := CAST(tonight.fp_special AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'preferential',
                        before := CAST(previous.preferential AS VARCHAR),
                        after := CAST(tonight.preferential AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'periodic_pension',
                        before := CAST(previous.periodic_pension AS VARCHAR),
                        after := CAST(tonight.periodic_pension AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'employee_pension_open',
                        before := CAST(previous.employee_pension_open AS VARCHAR),
                        after := CAST(tonight.employee_pension_open AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'employee_pension_drawn',
                        before := CAST(previous.employee_pension_drawn AS VARCHAR),
                        after := CAST(tonight.employee_pension_drawn AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'employee_age_reached',
                        before := CAST(previous.employee_age_reached AS VARCHAR),
                        after := CAST(tonight.employee_age_reached AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'resident_pension_open',
                        before := CAST(previous.resident_pension_open AS VARCHAR),
                        after := CAST(tonight.resident_pension_open AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'resident_pension_drawn',
                        before := CAST(previous.resident_pension_drawn AS VARCHAR),
                        after := CAST(tonight.resident_pension_drawn AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'work_injury_care',
                        before := CAST(previous.work_injury_care AS VARCHAR),
                        after := CAST(tonight.work_injury_care AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'long_term_care',
                        before := CAST(previous.long_term_care AS VARCHAR),
                        after := CAST(tonight.long_term_care AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'married_to',
                        before := CAST(previous.married_to AS VARCHAR),
                        after := CAST(tonight.married_to AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'ever_visited',
                        before := CAST(previous.ever_visited AS VARCHAR),
                        after := CAST(tonight.ever_visited AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'last_visit_on',
                        before := CAST(previous.last_visit_on AS VARCHAR),
                        after := CAST(tonight.last_visit_on AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'days_since_visit',
                        before := CAST(previous.days_since_visit AS VARCHAR),
                        after := CAST(tonight.days_since_visit AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'visited_this_week',
                        before := CAST(previous.visited_this_week AS VARCHAR),
                        after := CAST(tonight.visited_this_week AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'visited_this_month',
                        before := CAST(previous.visited_this_month AS VARCHAR),
                        after := CAST(tonight.visited_this_month AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'last_health_check_on',
                        before := CAST(previous.last_health_check_on AS VARCHAR),
                        after := CAST(tonight.last_health_check_on AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'health_checked_this_year',
                        before := CAST(previous.health_checked_this_year AS VARCHAR),
                        after := CAST(tonight.health_checked_this_year AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'last_sign_of_life_on',
                        before := CAST(previous.last_sign_of_life_on AS VARCHAR),
                        after := CAST(tonight.last_sign_of_life_on AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'rescued',
                        before := CAST(previous.rescued AS VARCHAR),
                        after := CAST(tonight.rescued AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'household_has_carer',
                        before := CAST(previous.household_has_carer AS VARCHAR),
                        after := CAST(tonight.household_has_carer AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'household_carers',
                        before := CAST(previous.household_carers AS VARCHAR),
                        after := CAST(tonight.household_carers AS VARCHAR)
                    )
                ],
                lambda value: value.before IS DISTINCT FROM value.after
            )
        ) AS fact
    FROM changes.subject AS subject
    INNER JOIN previous.person AS previous ON previous.person_id = subject.person_id_before
    INNER JOIN facts.person AS tonight ON tonight.person_key = subject.person_key
) AS differing
