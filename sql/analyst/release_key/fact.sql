-- De-identified facts: what analysts count people by. No name, number, phone, address, household, date, place or
-- operational id; age in five-year groups. Values of fewer than five people are emptied afterwards, and what is
-- received by whom a line is left out (outreach.delivery.databases.disclosure).
-- grain: a person, under the release's random key
-- columns: key, sex, age_group, in_register, alive, registered, hardship_rolls, hardship, hard_up, destitute,
--   has_certificate, disability_category, disability_grade, severely_disabled, ability_level, has_assessment,
--   disabled_old, unable_to_self_care, partly_unable, surveyed, lives_alone, empty_nest, left_behind, has_supporter,
--   no_supporter, family_planning, fp_special, preferential, periodic_pension, pension_scheme, pension_status,
--   employee_age_reached, work_injury_care, long_term_care, has_known_spouse, ever_visited, days_since_visit,
--   visited_this_week, visited_this_month, health_checked_this_year, rescued, household_has_carer, receiving,
--   identity_grade
-- from: mart.person, mart.run, release_key.person
WITH grouped AS (
    SELECT
        key.key,
        person.*,
        CASE
            WHEN person.age >= 100 THEN '100+'
            WHEN person.age >= 0
                THEN concat(
                    lpad(CAST(person.age - person.age % 5 AS VARCHAR), 2, '0'), '-',
                    lpad(CAST(person.age - person.age % 5 + 4 AS VARCHAR), 2, '0')
                )
        END AS age_group
    FROM mart.person AS person
    INNER JOIN release_key.person AS key ON key.person_id = person.person_id
)

SELECT
    grouped.key,
    grouped.sex,
    grouped.age_group,
    in_register,
    alive,
    registered,
    hardship_rolls,
    hardship,
    hard_up,
    destitute,
    has_certificate,
    disability_category,
    disability_grade,
    severely_disabled,
    ability_level,
    has_assessment,
    disabled_old,
    unable_to_self_care,
    partly_unable,
    surveyed,
    lives_alone,
    empty_nest,
    left_behind,
    has_supporter,
    no_supporter,
    family_planning,
    fp_special,
    preferential,
    periodic_pension,
    pension_scheme,
    pension_status,
    employee_age_reached,
    work_injury_care,
    long_term_care,
    married_to IS NOT NULL AS has_known_spouse,
    ever_visited,
    CASE
        WHEN last_visit_on IS NULL THEN NULL
        WHEN last_visit_on >= run.as_of - 7 THEN '0-7'
        WHEN last_visit_on >= run.as_of - 31 THEN '8-31'
        WHEN last_visit_on >= run.as_of - 90 THEN '32-90'
        ELSE '91+'
    END AS days_since_visit,
    visited_this_week,
    visited_this_month,
    health_checked_this_year,
    rescued,
    household_has_carer,
    list_transform(receiving, lambda paid: paid.programme) AS receiving,
    identity_grade
FROM grouped
CROSS JOIN mart.run AS run
