-- facts.contact_row: every address and phone that a department wrote down for a person, with the day on which it was
-- true as far as is known. Only clear links: a phone under review may ring at a stranger's. The day is that of the
-- contact or application (benefit_roll: 起发年月, for the payment goes on while the address ages). is_recent: a day within
-- the three years before the as-of date. The smallest trust_key is the best: recent ones first, then the latest day
-- (none, or one in the future, last), then who stood at the door first, then the first row.
-- grain: a linked row that holds an address or a phone
-- columns: person_key, source, stated_on, is_recent, trust_key, address, phone
-- from: facts.link, intake.ability_assessment, intake.benefit_roll, intake.care_survey, intake.disability_certificate,
--   intake.hardship_roll, intake.pension_roll, intake.visit_log, run.context
WITH stated AS (
    SELECT 'visit_log' AS source, 1 AS priority, row_number, visited_on AS stated_on, address, phone
    FROM intake.visit_log
    UNION ALL
    SELECT 'care_survey' AS source, 2 AS priority, row_number, surveyed_on AS stated_on, address, phone
    FROM intake.care_survey
    UNION ALL
    SELECT 'ability_assessment' AS source, 3 AS priority, row_number, assessed_on AS stated_on, address, phone
    FROM intake.ability_assessment
    UNION ALL
    SELECT 'hardship_roll' AS source, 4 AS priority, row_number, recognised_on AS stated_on, address, phone
    FROM intake.hardship_roll
    UNION ALL
    SELECT 'disability_certificate' AS source, 5 AS priority, row_number, issued_on AS stated_on, address, phone
    FROM intake.disability_certificate
    UNION ALL
    SELECT 'benefit_roll' AS source, 6 AS priority, row_number, start_month AS stated_on, address, phone
    FROM intake.benefit_roll
    UNION ALL
    SELECT 'pension_roll' AS source, 7 AS priority, row_number, first_month AS stated_on, NULL AS address, phone
    FROM intake.pension_roll
),

aged AS (
    SELECT
        l.person_key,
        s.source,
        s.priority,
        s.row_number,
        CASE WHEN s.stated_on <= c.as_of THEN s.stated_on END AS stated_on,
        CASE WHEN s.stated_on <= c.as_of THEN date_diff('day', s.stated_on, c.as_of) ELSE 99999 END AS days_old,
        s.address,
        s.phone
    FROM stated AS s
    INNER JOIN facts.link AS l ON l.extract = s.source AND l.row_number = s.row_number AND l.grade_rank < 4
    CROSS JOIN run.context AS c
    WHERE s.address IS NOT NULL OR s.phone IS NOT NULL
)

SELECT
    person_key,
    source,
    stated_on,
    days_old <= 1095 AS is_recent,
    (days_old * 10 + priority) * 10000000000 + row_number AS trust_key,
    address,
    phone
FROM aged
