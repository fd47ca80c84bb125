-- facts.ended: the last day on which a fact that no longer holds is known to have held, or the day from which the
-- person's valid row contradicts it. Only clear links give a day. A certificate that was taken back before it ran out
-- ended on no known day. An earlier grade or category ended with the certificates that named it, not with the one that
-- names another. Between two assessments nothing is known: a fact of ability ends with the valid one that denies it.
-- grain: a person × fact × row kind that shows it; the earliest counts
-- columns: person_key, fact, ended_on
-- from: facts.ability, facts.disability, facts.link, intake.disability_certificate, intake.hardship_roll, run.context
-- materialized: view
SELECT l.person_key, f.fact, max(h.ended_on) AS ended_on
FROM intake.hardship_roll AS h
INNER JOIN facts.link AS l ON l.extract = 'hardship_roll' AND l.row_number = h.row_number
INNER JOIN (
    VALUES
        (11, 'on_minimum_living'), (12, 'on_destitute_dispersed'), (13, 'on_destitute_central'), (21, 'on_margin'),
        (22, 'on_expenditure'), (31, 'on_poverty_watch'), (12, 'destitute'), (13, 'destitute'), (11, 'hard_up'),
        (12, 'hard_up'), (13, 'hard_up'), (21, 'hard_up'), (22, 'hard_up'), (11, 'hardship'), (12, 'hardship'),
        (13, 'hardship'), (21, 'hardship'), (22, 'hardship'), (31, 'hardship')
) AS f (category, fact) ON f.category = h.category
CROSS JOIN run.context AS c
WHERE l.grade_rank < 4 AND h.ended_on < c.as_of AND coalesce(h.recognised_on <= h.ended_on, TRUE)
GROUP BY l.person_key, f.fact
UNION ALL
SELECT d.person_key, d.fact, max(d.valid_until) AS ended_on
FROM (
    SELECT
        l.person_key,
        f.fact,
        t.valid_until,
        coalesce(t.valid_until < c.as_of, FALSE) AS is_expired
    FROM intake.disability_certificate AS t
    INNER JOIN facts.link AS l ON l.extract = 'disability_certificate' AND l.row_number = t.row_number
    INNER JOIN (
        VALUES (4, 'has_certificate'), (4, 'disability_grade'), (4, 'disability_category'), (2, 'severely_disabled')
    ) AS f (gravest, fact) ON coalesce(t.grade, 4) <= f.gravest
    CROSS JOIN run.context AS c
    LEFT JOIN facts.disability AS valid ON valid.person_key = l.person_key AND valid.has_certificate
    WHERE l.grade_rank < 4 AND coalesce(t.issued_on <= t.valid_until, TRUE) AND coalesce(t.issued_on <= c.as_of, TRUE)
        AND NOT coalesce(f.fact = 'disability_grade' AND t.grade = valid.grade, FALSE)
        AND NOT coalesce(f.fact = 'disability_category' AND t.category = valid.category, FALSE)
) AS d
GROUP BY d.person_key, d.fact
HAVING bool_and(d.is_expired)
UNION ALL
SELECT t.person_key, f.fact, t.certificate_since AS ended_on
FROM facts.disability AS t
CROSS JOIN (VALUES ('severely_disabled'), ('disability_grade'), ('disability_category')) AS f (fact)
WHERE t.has_certificate AND t.grade_rank < 4 AND t.certificate_since IS NOT NULL
UNION ALL
SELECT
    a.person_key,
    f.fact,
    CASE WHEN a.has_assessment THEN a.ability_since ELSE a.ability_ended_on END AS ended_on
FROM facts.ability AS a
INNER JOIN (
    VALUES ('has_assessment'), ('ability_level'), ('disabled_old'), ('unable_to_self_care'), ('partly_unable')
) AS f (fact) ON f.fact <> 'has_assessment' OR NOT a.has_assessment
WHERE coalesce(a.grade_rank < 4, TRUE)
