-- Until when the facts of a person held that no longer do (ended_…), and which extracts name the person at all (in_…).
-- Written from contracts/facts.py by `python -m contracts.generate`: not to be edited.
-- grain: a person of decisions.lost
-- columns: person_key, ended_on_minimum_living, ended_on_destitute_dispersed, ended_on_destitute_central,
--   ended_on_margin, ended_on_expenditure, ended_on_poverty_watch, ended_destitute, ended_hard_up, ended_hardship,
--   ended_has_certificate, ended_severely_disabled, ended_disability_grade, ended_disability_category,
--   ended_has_assessment, ended_ability_level, ended_disabled_old, ended_unable_to_self_care, ended_partly_unable,
--   in_hardship_roll, in_disability_certificate, in_ability_assessment, in_care_survey, in_family_planning,
--   in_preferential_treatment, in_pension_roll, in_long_term_care, in_visit_log, in_health_management,
--   in_rescue_register
-- from: decisions.lost, facts.ended, facts.named
WITH person AS (
    SELECT DISTINCT person_key
    FROM decisions.lost
),

last_day AS (
    SELECT
        ended.person_key,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'on_minimum_living') AS ended_on_minimum_living,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'on_destitute_dispersed') AS ended_on_destitute_dispersed,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'on_destitute_central') AS ended_on_destitute_central,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'on_margin') AS ended_on_margin,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'on_expenditure') AS ended_on_expenditure,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'on_poverty_watch') AS ended_on_poverty_watch,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'destitute') AS ended_destitute,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'hard_up') AS ended_hard_up,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'hardship') AS ended_hardship,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'has_certificate') AS ended_has_certificate,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'severely_disabled') AS ended_severely_disabled,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'disability_grade') AS ended_disability_grade,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'disability_category') AS ended_disability_category,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'has_assessment') AS ended_has_assessment,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'ability_level') AS ended_ability_level,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'disabled_old') AS ended_disabled_old,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'unable_to_self_care') AS ended_unable_to_self_care,
        min(ended.ended_on) FILTER (WHERE ended.fact = 'partly_unable') AS ended_partly_unable
    FROM facts.ended AS ended
    INNER JOIN person ON person.person_key = ended.person_key
    GROUP BY ended.person_key
),

named AS (
    SELECT
        named.person_key,
        bool_or(named.extract = 'hardship_roll') AS in_hardship_roll,
        bool_or(named.extract = 'disability_certificate') AS in_disability_certificate,
        bool_or(named.extract = 'ability_assessment') AS in_ability_assessment,
        bool_or(named.extract = 'care_survey') AS in_care_survey,
        bool_or(named.extract = 'family_planning') AS in_family_planning,
        bool_or(named.extract = 'preferential_treatment') AS in_preferential_treatment,
        bool_or(named.extract = 'pension_roll') AS in_pension_roll,
        bool_or(named.extract = 'long_term_care') AS in_long_term_care,
        bool_or(named.extract = 'visit_log') AS in_visit_log,
        bool_or(named.extract = 'health_management') AS in_health_management,
        bool_or(named.extract = 'rescue_register') AS in_rescue_register
    FROM facts.named AS named
    INNER JOIN person ON person.person_key = named.person_key
    GROUP BY named.person_key
)

SELECT
    person.person_key,
    last_day.ended_on_minimum_living,
    last_day.ended_on_destitute_dispersed,
    last_day.ended_on_destitute_central,
    last_day.ended_on_margin,
    last_day.ended_on_expenditure,
    last_day.ended_on_poverty_watch,
    last_day.ended_destitute,
    last_day.ended_hard_up,
    last_day.ended_hardship,
    last_day.ended_has_certificate,
    last_day.ended_severely_disabled,
    last_day.ended_disability_grade,
    last_day.ended_disability_category,
    last_day.ended_has_assessment,
    last_day.ended_ability_level,
    last_day.ended_disabled_old,
    last_day.ended_unable_to_self_care,
    last_day.ended_partly_unable,
    coalesce(named.in_hardship_roll, FALSE) AS in_hardship_roll,
    coalesce(named.in_disability_certificate, FALSE) AS in_disability_certificate,
    coalesce(named.in_ability_assessment, FALSE) AS in_ability_assessment,
    coalesce(named.in_care_survey, FALSE) AS in_care_survey,
    coalesce(named.in_family_planning, FALSE) AS in_family_planning,
    coalesce(named.in_preferential_treatment, FALSE) AS in_preferential_treatment,
    coalesce(named.in_pension_roll, FALSE) AS in_pension_roll,
    coalesce(named.in_long_term_care, FALSE) AS in_long_term_care,
    coalesce(named.in_visit_log, FALSE) AS in_visit_log,
    coalesce(named.in_health_management, FALSE) AS in_health_management,
    coalesce(named.in_rescue_register, FALSE) AS in_rescue_register
FROM person
LEFT JOIN last_day ON last_day.person_key = person.person_key
LEFT JOIN named ON named.person_key = person.person_key
