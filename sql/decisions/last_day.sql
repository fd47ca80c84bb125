-- Until when the facts of a person held that no longer do (ended_…), and which extracts name the person at all (in_…).
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
        e.person_key,
        min(e.ended_on) FILTER (WHERE e.fact = 'on_minimum_living') AS ended_on_minimum_living,
        min(e.ended_on) FILTER (WHERE e.fact = 'on_destitute_dispersed') AS ended_on_destitute_dispersed,
        min(e.ended_on) FILTER (WHERE e.fact = 'on_destitute_central') AS ended_on_destitute_central,
        min(e.ended_on) FILTER (WHERE e.fact = 'on_margin') AS ended_on_margin,
        min(e.ended_on) FILTER (WHERE e.fact = 'on_expenditure') AS ended_on_expenditure,
        min(e.ended_on) FILTER (WHERE e.fact = 'on_poverty_watch') AS ended_on_poverty_watch,
        min(e.ended_on) FILTER (WHERE e.fact = 'destitute') AS ended_destitute,
        min(e.ended_on) FILTER (WHERE e.fact = 'hard_up') AS ended_hard_up,
        min(e.ended_on) FILTER (WHERE e.fact = 'hardship') AS ended_hardship,
        min(e.ended_on) FILTER (WHERE e.fact = 'has_certificate') AS ended_has_certificate,
        min(e.ended_on) FILTER (WHERE e.fact = 'severely_disabled') AS ended_severely_disabled,
        min(e.ended_on) FILTER (WHERE e.fact = 'disability_grade') AS ended_disability_grade,
        min(e.ended_on) FILTER (WHERE e.fact = 'disability_category') AS ended_disability_category,
        min(e.ended_on) FILTER (WHERE e.fact = 'has_assessment') AS ended_has_assessment,
        min(e.ended_on) FILTER (WHERE e.fact = 'ability_level') AS ended_ability_level,
        min(e.ended_on) FILTER (WHERE e.fact = 'disabled_old') AS ended_disabled_old,
        min(e.ended_on) FILTER (WHERE e.fact = 'unable_to_self_care') AS ended_unable_to_self_care,
        min(e.ended_on) FILTER (WHERE e.fact = 'partly_unable') AS ended_partly_unable
    FROM facts.ended AS e
    INNER JOIN person AS p ON p.person_key = e.person_key
    GROUP BY e.person_key
),

named AS (
    SELECT
        n.person_key,
        bool_or(n.extract = 'hardship_roll') AS in_hardship_roll,
        bool_or(n.extract = 'disability_certificate') AS in_disability_certificate,
        bool_or(n.extract = 'ability_assessment') AS in_ability_assessment,
        bool_or(n.extract = 'care_survey') AS in_care_survey,
        bool_or(n.extract = 'family_planning') AS in_family_planning,
        bool_or(n.extract = 'preferential_treatment') AS in_preferential_treatment,
        bool_or(n.extract = 'pension_roll') AS in_pension_roll,
        bool_or(n.extract = 'long_term_care') AS in_long_term_care,
        bool_or(n.extract = 'visit_log') AS in_visit_log,
        bool_or(n.extract = 'health_management') AS in_health_management,
        bool_or(n.extract = 'rescue_register') AS in_rescue_register
    FROM facts.named AS n
    INNER JOIN person AS p ON p.person_key = n.person_key
    GROUP BY n.person_key
)

SELECT
    p.person_key,
    d.ended_on_minimum_living,
    d.ended_on_destitute_dispersed,
    d.ended_on_destitute_central,
    d.ended_on_margin,
    d.ended_on_expenditure,
    d.ended_on_poverty_watch,
    d.ended_destitute,
    d.ended_hard_up,
    d.ended_hardship,
    d.ended_has_certificate,
    d.ended_severely_disabled,
    d.ended_disability_grade,
    d.ended_disability_category,
    d.ended_has_assessment,
    d.ended_ability_level,
    d.ended_disabled_old,
    d.ended_unable_to_self_care,
    d.ended_partly_unable,
    coalesce(n.in_hardship_roll, FALSE) AS in_hardship_roll,
    coalesce(n.in_disability_certificate, FALSE) AS in_disability_certificate,
    coalesce(n.in_ability_assessment, FALSE) AS in_ability_assessment,
    coalesce(n.in_care_survey, FALSE) AS in_care_survey,
    coalesce(n.in_family_planning, FALSE) AS in_family_planning,
    coalesce(n.in_preferential_treatment, FALSE) AS in_preferential_treatment,
    coalesce(n.in_pension_roll, FALSE) AS in_pension_roll,
    coalesce(n.in_long_term_care, FALSE) AS in_long_term_care,
    coalesce(n.in_visit_log, FALSE) AS in_visit_log,
    coalesce(n.in_health_management, FALSE) AS in_health_management,
    coalesce(n.in_rescue_register, FALSE) AS in_rescue_register
FROM person AS p
LEFT JOIN last_day AS d ON d.person_key = p.person_key
LEFT JOIN named AS n ON n.person_key = p.person_key
