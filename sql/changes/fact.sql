-- Facts that differ between the two nights, of the persons whose lines differ. Only of persons who were there on both
-- nights; facts that are lists are left out: no condition names them.
-- Written from contracts/facts.py by `python -m contracts.generate`: not to be edited.
-- grain: a person × fact, both values as text
-- columns: person_id, fact, before, after
-- from: changes.subject, earlier.person, facts.person
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
                        before := CAST(earlier.alive AS VARCHAR),
                        after := CAST(tonight.alive AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'registered',
                        before := CAST(earlier.registered AS VARCHAR),
                        after := CAST(tonight.registered AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'birth_date',
                        before := CAST(earlier.birth_date AS VARCHAR),
                        after := CAST(tonight.birth_date AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'age',
                        before := CAST(earlier.age AS VARCHAR),
                        after := CAST(tonight.age AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'sex',
                        before := CAST(earlier.sex AS VARCHAR),
                        after := CAST(tonight.sex AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'area_code',
                        before := CAST(earlier.area_code AS VARCHAR),
                        after := CAST(tonight.area_code AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'town_code',
                        before := CAST(earlier.town_code AS VARCHAR),
                        after := CAST(tonight.town_code AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'household_id',
                        before := CAST(earlier.household_id AS VARCHAR),
                        after := CAST(tonight.household_id AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'hardship',
                        before := CAST(earlier.hardship AS VARCHAR),
                        after := CAST(tonight.hardship AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'hard_up',
                        before := CAST(earlier.hard_up AS VARCHAR),
                        after := CAST(tonight.hard_up AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'destitute',
                        before := CAST(earlier.destitute AS VARCHAR),
                        after := CAST(tonight.destitute AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_minimum_living',
                        before := CAST(earlier.on_minimum_living AS VARCHAR),
                        after := CAST(tonight.on_minimum_living AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_destitute_dispersed',
                        before := CAST(earlier.on_destitute_dispersed AS VARCHAR),
                        after := CAST(tonight.on_destitute_dispersed AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_destitute_central',
                        before := CAST(earlier.on_destitute_central AS VARCHAR),
                        after := CAST(tonight.on_destitute_central AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_margin',
                        before := CAST(earlier.on_margin AS VARCHAR),
                        after := CAST(tonight.on_margin AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_expenditure',
                        before := CAST(earlier.on_expenditure AS VARCHAR),
                        after := CAST(tonight.on_expenditure AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'on_poverty_watch',
                        before := CAST(earlier.on_poverty_watch AS VARCHAR),
                        after := CAST(tonight.on_poverty_watch AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'has_certificate',
                        before := CAST(earlier.has_certificate AS VARCHAR),
                        after := CAST(tonight.has_certificate AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'disability_category',
                        before := CAST(earlier.disability_category AS VARCHAR),
                        after := CAST(tonight.disability_category AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'disability_grade',
                        before := CAST(earlier.disability_grade AS VARCHAR),
                        after := CAST(tonight.disability_grade AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'severely_disabled',
                        before := CAST(earlier.severely_disabled AS VARCHAR),
                        after := CAST(tonight.severely_disabled AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'ability_level',
                        before := CAST(earlier.ability_level AS VARCHAR),
                        after := CAST(tonight.ability_level AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'has_assessment',
                        before := CAST(earlier.has_assessment AS VARCHAR),
                        after := CAST(tonight.has_assessment AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'disabled_old',
                        before := CAST(earlier.disabled_old AS VARCHAR),
                        after := CAST(tonight.disabled_old AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'unable_to_self_care',
                        before := CAST(earlier.unable_to_self_care AS VARCHAR),
                        after := CAST(tonight.unable_to_self_care AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'partly_unable',
                        before := CAST(earlier.partly_unable AS VARCHAR),
                        after := CAST(tonight.partly_unable AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'surveyed',
                        before := CAST(earlier.surveyed AS VARCHAR),
                        after := CAST(tonight.surveyed AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'lives_alone',
                        before := CAST(earlier.lives_alone AS VARCHAR),
                        after := CAST(tonight.lives_alone AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'empty_nest',
                        before := CAST(earlier.empty_nest AS VARCHAR),
                        after := CAST(tonight.empty_nest AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'left_behind',
                        before := CAST(earlier.left_behind AS VARCHAR),
                        after := CAST(tonight.left_behind AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'has_supporter',
                        before := CAST(earlier.has_supporter AS VARCHAR),
                        after := CAST(tonight.has_supporter AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'no_supporter',
                        before := CAST(earlier.no_supporter AS VARCHAR),
                        after := CAST(tonight.no_supporter AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'family_planning',
                        before := CAST(earlier.family_planning AS VARCHAR),
                        after := CAST(tonight.family_planning AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'fp_special',
                        before := CAST(earlier.fp_special AS VARCHAR),
                        after := CAST(tonight.fp_special AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'preferential',
                        before := CAST(earlier.preferential AS VARCHAR),
                        after := CAST(tonight.preferential AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'periodic_pension',
                        before := CAST(earlier.periodic_pension AS VARCHAR),
                        after := CAST(tonight.periodic_pension AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'employee_pension_open',
                        before := CAST(earlier.employee_pension_open AS VARCHAR),
                        after := CAST(tonight.employee_pension_open AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'employee_pension_drawn',
                        before := CAST(earlier.employee_pension_drawn AS VARCHAR),
                        after := CAST(tonight.employee_pension_drawn AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'employee_age_reached',
                        before := CAST(earlier.employee_age_reached AS VARCHAR),
                        after := CAST(tonight.employee_age_reached AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'resident_pension_open',
                        before := CAST(earlier.resident_pension_open AS VARCHAR),
                        after := CAST(tonight.resident_pension_open AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'resident_pension_drawn',
                        before := CAST(earlier.resident_pension_drawn AS VARCHAR),
                        after := CAST(tonight.resident_pension_drawn AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'work_injury_care',
                        before := CAST(earlier.work_injury_care AS VARCHAR),
                        after := CAST(tonight.work_injury_care AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'long_term_care',
                        before := CAST(earlier.long_term_care AS VARCHAR),
                        after := CAST(tonight.long_term_care AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'married_to',
                        before := CAST(earlier.married_to AS VARCHAR),
                        after := CAST(tonight.married_to AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'ever_visited',
                        before := CAST(earlier.ever_visited AS VARCHAR),
                        after := CAST(tonight.ever_visited AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'last_visit_on',
                        before := CAST(earlier.last_visit_on AS VARCHAR),
                        after := CAST(tonight.last_visit_on AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'days_since_visit',
                        before := CAST(earlier.days_since_visit AS VARCHAR),
                        after := CAST(tonight.days_since_visit AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'visited_this_week',
                        before := CAST(earlier.visited_this_week AS VARCHAR),
                        after := CAST(tonight.visited_this_week AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'visited_this_month',
                        before := CAST(earlier.visited_this_month AS VARCHAR),
                        after := CAST(tonight.visited_this_month AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'last_health_check_on',
                        before := CAST(earlier.last_health_check_on AS VARCHAR),
                        after := CAST(tonight.last_health_check_on AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'health_checked_this_year',
                        before := CAST(earlier.health_checked_this_year AS VARCHAR),
                        after := CAST(tonight.health_checked_this_year AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'rescued',
                        before := CAST(earlier.rescued AS VARCHAR),
                        after := CAST(tonight.rescued AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'household_has_carer',
                        before := CAST(earlier.household_has_carer AS VARCHAR),
                        after := CAST(tonight.household_has_carer AS VARCHAR)
                    ),
                    struct_pack(
                        fact := 'household_carers',
                        before := CAST(earlier.household_carers AS VARCHAR),
                        after := CAST(tonight.household_carers AS VARCHAR)
                    )
                ],
                lambda value: value.before IS DISTINCT FROM value.after
            )
        ) AS fact
    FROM changes.subject AS subject
    INNER JOIN earlier.person AS earlier ON earlier.person_id = subject.person_id_before
    INNER JOIN facts.person AS tonight ON tonight.person_key = subject.person_key
) AS differing
