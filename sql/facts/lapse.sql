-- facts.lapse: what will hold of a person once those 终止日期 and 有效期至 of rolls, certificates and assessments (the
-- implied two years, too) that fall on the as-of date or one of the 60 days after it have passed; all else, age too,
-- as today: what begins after the as-of date is left out. …_ends_on: the first of these days, NULL = none of the kind.
-- grain: a person with such a day
-- columns: person_key, hardship_ends_on, certificate_ends_on, ability_ends_on, hardship_rolls, hardship, hard_up,
--   destitute, on_minimum_living, on_destitute_dispersed, on_destitute_central, on_margin, on_expenditure,
--   on_poverty_watch, has_certificate, disability_category, disability_grade, severely_disabled, ability_level,
--   has_assessment, disabled_old, unable_to_self_care, partly_unable
-- from: facts.assessment, facts.certificate, facts.person, facts.roll, run.context
WITH roll AS (
    SELECT
        h.person_key,
        h.category,
        h.lead,
        h.ended_on,
        coalesce(date_diff('day', c.as_of, h.ended_on) <= 60, FALSE) AS lapses
    FROM facts.roll AS h
    CROSS JOIN run.context AS c
    WHERE h.is_current
),

rolls_left AS (
    SELECT
        person_key,
        min(ended_on) FILTER (WHERE lapses) AS ends_on,
        coalesce(array_sort(list_distinct(list(category) FILTER (WHERE NOT lapses))), CAST([] AS INTEGER[])) AS rolls,
        min(lead) FILTER (WHERE NOT lapses) AS lead,
        coalesce(bool_or(category = 11) FILTER (WHERE NOT lapses), FALSE) AS on_minimum_living,
        coalesce(bool_or(category = 12) FILTER (WHERE NOT lapses), FALSE) AS on_destitute_dispersed,
        coalesce(bool_or(category = 13) FILTER (WHERE NOT lapses), FALSE) AS on_destitute_central,
        coalesce(bool_or(category = 21) FILTER (WHERE NOT lapses), FALSE) AS on_margin,
        coalesce(bool_or(category = 22) FILTER (WHERE NOT lapses), FALSE) AS on_expenditure,
        coalesce(bool_or(category = 31) FILTER (WHERE NOT lapses), FALSE) AS on_poverty_watch
    FROM roll
    GROUP BY person_key
    HAVING bool_or(lapses)
),

certificate AS (
    SELECT d.*, coalesce(date_diff('day', c.as_of, d.valid_until) <= 60, FALSE) AS lapses
    FROM facts.certificate AS d
    CROSS JOIN run.context AS c
    WHERE d.is_valid
),

certificate_left AS (
    SELECT person_key, category, grade
    FROM certificate
    WHERE NOT lapses
    QUALIFY row_number() OVER (
        PARTITION BY person_key
        ORDER BY issued_on DESC NULLS LAST, grade_rank = 4, grade ASC NULLS LAST, row_number
    ) = 1
),

certificate_lapse AS (
    SELECT person_key, min(valid_until) AS ends_on
    FROM certificate
    WHERE lapses
    GROUP BY person_key
),

assessment AS (
    SELECT a.*, date_diff('day', c.as_of, a.valid_until) <= 60 AS lapses
    FROM facts.assessment AS a
    CROSS JOIN run.context AS c
    WHERE a.valid_until >= c.as_of
),

assessment_left AS (
    SELECT person_key, level
    FROM assessment
    WHERE NOT lapses
    QUALIFY row_number() OVER (
        PARTITION BY person_key
        ORDER BY assessed_on DESC, grade_rank = 4, level DESC NULLS LAST, row_number
    ) = 1
),

assessment_lapse AS (
    SELECT person_key, min(valid_until) AS ends_on
    FROM assessment
    WHERE lapses
    GROUP BY person_key
),

left_over AS (
    SELECT
        p.person_key,
        r.ends_on AS hardship_ends_on,
        t.ends_on AS certificate_ends_on,
        a.ends_on AS ability_ends_on,
        r.rolls,
        r.lead,
        r.on_minimum_living,
        r.on_destitute_dispersed,
        r.on_destitute_central,
        r.on_margin,
        r.on_expenditure,
        r.on_poverty_watch,
        u.person_key IS NOT NULL AS has_certificate,
        u.category,
        u.grade,
        b.person_key IS NOT NULL AS has_assessment,
        b.level
    FROM (
        SELECT person_key FROM rolls_left
        UNION
        SELECT person_key FROM certificate_lapse
        UNION
        SELECT person_key FROM assessment_lapse
    ) AS p
    LEFT JOIN rolls_left AS r ON r.person_key = p.person_key
    LEFT JOIN certificate_lapse AS t ON t.person_key = p.person_key
    LEFT JOIN certificate_left AS u ON u.person_key = p.person_key
    LEFT JOIN assessment_lapse AS a ON a.person_key = p.person_key
    LEFT JOIN assessment_left AS b ON b.person_key = p.person_key
)

SELECT
    l.person_key,
    l.hardship_ends_on,
    l.certificate_ends_on,
    l.ability_ends_on,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.hardship_rolls ELSE l.rolls END AS hardship_rolls,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.hardship ELSE hardship_name(l.lead) END AS hardship,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.hard_up ELSE coalesce(l.lead <= 5, FALSE) END AS hard_up,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.destitute ELSE coalesce(l.lead <= 2, FALSE) END AS destitute,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.on_minimum_living ELSE l.on_minimum_living END AS on_minimum_living,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.on_destitute_dispersed ELSE l.on_destitute_dispersed END
        AS on_destitute_dispersed,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.on_destitute_central ELSE l.on_destitute_central END
        AS on_destitute_central,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.on_margin ELSE l.on_margin END AS on_margin,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.on_expenditure ELSE l.on_expenditure END AS on_expenditure,
    CASE WHEN l.hardship_ends_on IS NULL THEN p.on_poverty_watch ELSE l.on_poverty_watch END AS on_poverty_watch,
    CASE WHEN l.certificate_ends_on IS NULL THEN p.has_certificate ELSE l.has_certificate END AS has_certificate,
    CASE
        WHEN l.certificate_ends_on IS NULL THEN p.disability_category
        WHEN l.has_certificate THEN CAST(l.category AS VARCHAR)
        ELSE 'none'
    END AS disability_category,
    CASE
        WHEN l.certificate_ends_on IS NULL THEN p.disability_grade
        WHEN l.has_certificate THEN CAST(l.grade AS VARCHAR)
        ELSE 'none'
    END AS disability_grade,
    CASE
        WHEN l.certificate_ends_on IS NULL THEN p.severely_disabled
        WHEN l.has_certificate THEN l.grade <= 2
        ELSE FALSE
    END AS severely_disabled,
    CASE WHEN l.ability_ends_on IS NULL THEN p.ability_level ELSE l.level END AS ability_level,
    CASE
        WHEN l.ability_ends_on IS NULL THEN p.has_assessment
        ELSE l.has_assessment OR coalesce(p.long_term_care, FALSE)
    END AS has_assessment,
    CASE WHEN l.ability_ends_on IS NULL THEN p.disabled_old ELSE l.level >= 1 END AS disabled_old,
    CASE WHEN l.ability_ends_on IS NULL THEN p.unable_to_self_care ELSE l.level >= 3 END AS unable_to_self_care,
    CASE WHEN l.ability_ends_on IS NULL THEN p.partly_unable ELSE l.level BETWEEN 1 AND 2 END AS partly_unable
FROM left_over AS l
INNER JOIN facts.person AS p ON p.person_key = l.person_key
