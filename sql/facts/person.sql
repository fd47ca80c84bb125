-- facts.person: everything that holds for a person on the as-of date (each fact's meaning: contracts/facts.py). A
-- week begins on Monday. no_supporter: a spouse who is not known to be dead supports the person, registered or not.
-- Address and phone: a department's of the last three years, else the register's (居住地址), else an older one, else 户籍地址.
-- What was delivered and does not name the person is false or none; what was not delivered is NULL.
-- grain: a person of identity.person
-- columns: person_key, person_id, in_register, name, id_number, former_id_number, address, address_source,
--   address_date, phone, phone_source, phone_date, alive, died_on, death_evidence, registered, last_register_status,
--   deregistered_on, birth_date, age, sex, area_code, town_code, household_id, hardship_rolls, hardship, hard_up,
--   destitute, on_minimum_living, on_destitute_dispersed, on_destitute_central, on_margin, on_expenditure,
--   on_poverty_watch, hardship_since, hardship_ended_on, has_certificate, disability_category, disability_grade,
--   severely_disabled, certificate_since, certificate_ended_on, ability_level, has_assessment, disabled_old,
--   unable_to_self_care, partly_unable, ability_since, ability_ended_on, surveyed, lives_alone, empty_nest,
--   left_behind, has_supporter, no_supporter, family_planning, fp_special, family_planning_since, preferential,
--   periodic_pension, preferential_since, pension_scheme, pension_status, employee_pension_open,
--   employee_pension_drawn, employee_age_reached, resident_pension_open, resident_pension_drawn, work_injury_care,
--   long_term_care, married_to, ever_visited, last_visit_on, days_since_visit, visited_this_week, visited_this_month,
--   last_health_check_on, health_checked_this_year, last_sign_of_life_on, last_met_on, last_assessed_on, rescued,
--   rescued_on, household_has_carer, household_carers, identity_grade
-- from: facts.ability, facts.age, facts.birth, facts.contact, facts.death, facts.delivered, facts.disability,
--   facts.family_planning, facts.grade, facts.hardship, facts.health_check, facts.household, facts.long_term_care,
--   facts.marriage, facts.pension, facts.pension_age, facts.preferential, facts.register, facts.rescue,
--   facts.sign_of_life, facts.survey, facts.unsettled_row, facts.visit, identity.person, intake.household_register,
--   run.context
WITH weakest AS (
    SELECT
        person_key,
        max(CASE grade WHEN 'exact' THEN 1 WHEN 'strong' THEN 2 WHEN 'new' THEN 3 ELSE 4 END) AS grade_rank
    FROM facts.grade
    GROUP BY person_key
),

register_text AS (
    SELECT
        row_number,
        name,
        id_number,
        former_id_number18,
        residence_address,
        registered_address,
        CASE
            WHEN regexp_matches(phone, '^(1[3-9][0-9]{9}|(0[0-9]{2,3})?[2-8][0-9]{6,7})$') THEN phone
        END AS phone
    FROM intake.household_register
),

own_row AS (
    SELECT u.person_key, u.name, u.id_number, u.id_number18
    FROM facts.unsettled_row AS u
    LEFT JOIN facts.register AS r ON r.person_key = u.person_key
    WHERE r.person_key IS NULL AND u.name IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY u.person_key
        ORDER BY u.grade_rank, u.id_number18 IS NULL, u.extract, u.row_number, u.role
    ) = 1
)

SELECT
    p.person_key,
    p.person_id,
    p.in_register,
    coalesce(z.name, o.name) AS name,
    CASE
        WHEN b.id_number IS NOT NULL THEN b.id_number
        WHEN r.person_key IS NOT NULL AND r.id_number18 IS NULL THEN z.id_number
        WHEN r.person_key IS NULL AND o.id_number18 IS NULL THEN o.id_number
    END AS id_number,
    z.former_id_number18 AS former_id_number,
    CASE
        WHEN c.address.is_recent THEN c.address.address
        ELSE coalesce(z.residence_address, c.address.address, z.registered_address)
    END AS address,
    CASE
        WHEN c.address.is_recent OR (z.residence_address IS NULL AND c.address.address IS NOT NULL)
            THEN c.address.source
        WHEN coalesce(z.residence_address, z.registered_address) IS NOT NULL THEN 'household_register'
    END AS address_source,
    CASE WHEN c.address.is_recent OR z.residence_address IS NULL THEN c.address.stated_on END AS address_date,
    CASE WHEN c.phone.is_recent THEN c.phone.phone ELSE coalesce(z.phone, c.phone.phone) END AS phone,
    CASE
        WHEN c.phone.is_recent OR (z.phone IS NULL AND c.phone.phone IS NOT NULL) THEN c.phone.source
        WHEN z.phone IS NOT NULL THEN 'household_register'
    END AS phone_source,
    CASE WHEN c.phone.is_recent OR z.phone IS NULL THEN c.phone.stated_on END AS phone_date,
    d.person_key IS NULL AS alive,
    d.died_on,
    d.death_evidence,
    d.person_key IS NULL AND coalesce(r.has_normal_row, FALSE) AS registered,
    r.last_register_status,
    r.cancelled_on AS deregistered_on,
    b.birth_date,
    g.age,
    b.sex,
    r.area_code,
    substr(r.area_code, 1, 9) AS town_code,
    r.household_id,
    CASE WHEN e.hardship_roll THEN coalesce(h.rolls, CAST([] AS INTEGER[])) END AS hardship_rolls,
    CASE WHEN e.hardship_roll THEN hardship_name(h.lead) END AS hardship,
    CASE WHEN e.hardship_roll THEN coalesce(h.lead <= 5, FALSE) END AS hard_up,
    CASE WHEN e.hardship_roll THEN coalesce(h.lead <= 2, FALSE) END AS destitute,
    CASE WHEN e.hardship_roll THEN coalesce(h.on_minimum_living, FALSE) END AS on_minimum_living,
    CASE WHEN e.hardship_roll THEN coalesce(h.on_destitute_dispersed, FALSE) END AS on_destitute_dispersed,
    CASE WHEN e.hardship_roll THEN coalesce(h.on_destitute_central, FALSE) END AS on_destitute_central,
    CASE WHEN e.hardship_roll THEN coalesce(h.on_margin, FALSE) END AS on_margin,
    CASE WHEN e.hardship_roll THEN coalesce(h.on_expenditure, FALSE) END AS on_expenditure,
    CASE WHEN e.hardship_roll THEN coalesce(h.on_poverty_watch, FALSE) END AS on_poverty_watch,
    h.hardship_since,
    h.hardship_ended_on,
    CASE WHEN e.disability_certificate THEN coalesce(t.has_certificate, FALSE) END AS has_certificate,
    CASE
        WHEN NOT e.disability_certificate THEN NULL
        WHEN t.has_certificate THEN CAST(t.category AS VARCHAR)
        ELSE 'none'
    END AS disability_category,
    CASE
        WHEN NOT e.disability_certificate THEN NULL
        WHEN t.has_certificate THEN CAST(t.grade AS VARCHAR)
        ELSE 'none'
    END AS disability_grade,
    CASE
        WHEN NOT e.disability_certificate THEN NULL
        WHEN t.has_certificate THEN t.grade <= 2
        ELSE FALSE
    END AS severely_disabled,
    t.certificate_since,
    t.certificate_ended_on,
    a.ability_level,
    CASE
        WHEN a.has_assessment OR l.person_key IS NOT NULL THEN TRUE
        WHEN e.ability_assessment THEN FALSE
    END AS has_assessment,
    a.ability_level >= 1 AS disabled_old,
    a.ability_level >= 3 AS unable_to_self_care,
    a.ability_level BETWEEN 1 AND 2 AS partly_unable,
    a.ability_since,
    a.ability_ended_on,
    CASE WHEN e.care_survey THEN s.person_key IS NOT NULL END AS surveyed,
    s.lives_alone,
    s.empty_nest,
    s.left_behind,
    s.has_supporter,
    CASE
        WHEN s.has_supporter OR (m.spouse_key IS NOT NULL AND x.person_key IS NULL) THEN FALSE
        WHEN NOT s.has_supporter AND e.marriage_register THEN TRUE
    END AS no_supporter,
    CASE
        WHEN NOT e.family_planning THEN NULL
        WHEN f.category = 1 THEN 'bereaved'
        WHEN f.category = 2 THEN 'disabled_child'
        WHEN f.category = 3 THEN 'one_child'
        ELSE 'none'
    END AS family_planning,
    CASE WHEN e.family_planning THEN coalesce(f.category <= 2, FALSE) END AS fp_special,
    f.family_planning_since,
    CASE
        WHEN NOT e.preferential_treatment THEN NULL
        ELSE coalesce(CAST(v.category AS VARCHAR), 'none')
    END AS preferential,
    CASE
        WHEN NOT e.preferential_treatment THEN NULL
        WHEN v.person_key IS NULL THEN FALSE
        ELSE v.periodic_pension
    END AS periodic_pension,
    CAST(NULL AS DATE) AS preferential_since,
    CASE WHEN e.pension_roll THEN coalesce(n.pension_scheme, CAST([] AS INTEGER[])) END AS pension_scheme,
    CASE WHEN e.pension_roll THEN coalesce(n.pension_status, CAST([] AS INTEGER[])) END AS pension_status,
    CASE
        WHEN NOT e.pension_roll THEN NULL
        WHEN n.person_key IS NULL THEN FALSE
        ELSE n.employee_pension_open
    END AS employee_pension_open,
    CASE WHEN e.pension_roll THEN coalesce(n.employee_pension_drawn, FALSE) END AS employee_pension_drawn,
    CASE
        WHEN c0.as_of >= y.last_day THEN TRUE
        WHEN c0.as_of < y.first_day THEN FALSE
    END AS employee_age_reached,
    CASE
        WHEN NOT e.pension_roll THEN NULL
        WHEN n.person_key IS NULL THEN FALSE
        ELSE n.resident_pension_open
    END AS resident_pension_open,
    CASE WHEN e.pension_roll THEN coalesce(n.resident_pension_drawn, FALSE) END AS resident_pension_drawn,
    CASE
        WHEN NOT e.pension_roll THEN NULL
        WHEN n.person_key IS NULL THEN FALSE
        ELSE n.work_injury_care
    END AS work_injury_care,
    CASE WHEN e.long_term_care THEN l.person_key IS NOT NULL END AS long_term_care,
    m.married_to,
    CASE WHEN e.visit_log OR i.person_key IS NOT NULL THEN i.person_key IS NOT NULL END AS ever_visited,
    i.last_visit_on,
    CAST(date_diff('day', i.last_visit_on, c0.as_of) AS INTEGER) AS days_since_visit,
    CASE
        WHEN date_diff('day', i.last_visit_on, c0.as_of) <= date_diff('day', DATE '1970-01-05', c0.as_of) % 7 THEN TRUE
        WHEN e.visit_log THEN FALSE
    END AS visited_this_week,
    CASE
        WHEN i.last_visit_on >= make_date(year(c0.as_of), month(c0.as_of), 1) THEN TRUE
        WHEN e.visit_log THEN FALSE
    END AS visited_this_month,
    k.last_health_check_on,
    CASE
        WHEN year(k.last_health_check_on) = year(c0.as_of) THEN TRUE
        WHEN e.health_management THEN FALSE
    END AS health_checked_this_year,
    j.last_sign_of_life_on,
    j.last_met_on,
    a.last_assessed_on,
    CASE WHEN e.rescue_register THEN u.person_key IS NOT NULL END AS rescued,
    u.rescued_on,
    CASE WHEN q.person_key IS NULL THEN FALSE ELSE q.household_has_carer END AS household_has_carer,
    coalesce(q.household_carers, 0) AS household_carers,
    CASE w.grade_rank WHEN 1 THEN 'exact' WHEN 2 THEN 'strong' WHEN 4 THEN 'review' ELSE 'new' END AS identity_grade
FROM identity.person AS p
CROSS JOIN run.context AS c0
CROSS JOIN facts.delivered AS e
LEFT JOIN facts.register AS r ON r.person_key = p.person_key
LEFT JOIN register_text AS z ON z.row_number = r.row_number
LEFT JOIN own_row AS o ON o.person_key = p.person_key
LEFT JOIN facts.birth AS b ON b.person_key = p.person_key
LEFT JOIN facts.age AS g ON g.birth_date = b.birth_date
LEFT JOIN facts.pension_age AS y ON y.birth_date = b.birth_date AND y.sex IS NOT DISTINCT FROM b.sex
LEFT JOIN facts.death AS d ON d.person_key = p.person_key
LEFT JOIN facts.contact AS c ON c.person_key = p.person_key
LEFT JOIN facts.hardship AS h ON h.person_key = p.person_key
LEFT JOIN facts.disability AS t ON t.person_key = p.person_key
LEFT JOIN facts.ability AS a ON a.person_key = p.person_key
LEFT JOIN facts.survey AS s ON s.person_key = p.person_key
LEFT JOIN facts.family_planning AS f ON f.person_key = p.person_key
LEFT JOIN facts.preferential AS v ON v.person_key = p.person_key
LEFT JOIN facts.pension AS n ON n.person_key = p.person_key
LEFT JOIN facts.long_term_care AS l ON l.person_key = p.person_key
LEFT JOIN facts.marriage AS m ON m.person_key = p.person_key
LEFT JOIN facts.death AS x ON x.person_key = m.spouse_key
LEFT JOIN facts.visit AS i ON i.person_key = p.person_key
LEFT JOIN facts.health_check AS k ON k.person_key = p.person_key
LEFT JOIN facts.sign_of_life AS j ON j.person_key = p.person_key
LEFT JOIN facts.rescue AS u ON u.person_key = p.person_key
LEFT JOIN facts.household AS q ON q.person_key = p.person_key
LEFT JOIN weakest AS w ON w.person_key = p.person_key
