-- facts.sign_of_life: when anybody last met the person, and the last sign of life, by the as-of date. Met: a visit at
-- which the person was met, or an answer to an outreach team (同意, 不同意, 属实, 已服务; 属实 about a death means nobody
-- who was met). A sign of life is also a health check, an assessment, a survey. Rows under review count, too.
-- grain: a person of whom there is a sign
-- columns: person_key, last_met_on, last_sign_of_life_on
-- from: facts.ability, facts.health_check, facts.outcome, facts.survey, facts.visit
SELECT
    person_key,
    max(met_on) AS last_met_on,
    max(seen_on) AS last_sign_of_life_on
FROM (
    SELECT person_key, last_visit_on AS met_on, last_visit_on AS seen_on
    FROM facts.visit
    UNION ALL
    SELECT person_key, contacted_on AS met_on, contacted_on AS seen_on
    FROM facts.outcome
    WHERE
        result IN ('同意', '不同意', '已服务')
        OR (result = '属实' AND NOT coalesce(regexp_matches(about, 'dead|death'), FALSE))
    UNION ALL
    SELECT person_key, CAST(NULL AS DATE) AS met_on, last_health_check_on AS seen_on
    FROM facts.health_check
    UNION ALL
    SELECT person_key, CAST(NULL AS DATE) AS met_on, last_assessed_on AS seen_on
    FROM facts.ability
    UNION ALL
    SELECT person_key, CAST(NULL AS DATE) AS met_on, surveyed_on AS seen_on
    FROM facts.survey
) AS sign
GROUP BY person_key
