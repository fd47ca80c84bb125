-- facts.contact_row: every address and phone that somebody wrote down for a person, with the day on which it was true as far as
-- is known. One row: a linked row of an extract that holds an address or a phone. Only clear links: a phone under review may
-- ring at a stranger's. The day is that of the contact or application (benefit_roll: 起发年月, for the payment goes on while
-- the address ages), never after the as-of date; the register states no day. priority breaks ties: who stood at the door first.
-- tier: 1 a day within the last three years, 2 the register (residence), 3 older or undated, 4 the register (registered address).
-- A phone is plausible as a mobile number (11 digits from 13 to 19) or a fixed line (7 or 8 digits, area code or none).
-- From intake.*, facts.link, facts.register, run.context.
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

said AS (
    SELECT
        l.person_key,
        s.source,
        s.priority,
        s.row_number,
        CASE WHEN s.stated_on <= c.as_of THEN s.stated_on END AS stated_on,
        CASE
            WHEN date_diff('day', s.stated_on, c.as_of) BETWEEN 0 AND 1095 THEN 1
            ELSE 3
        END AS tier,
        s.address,
        s.phone
    FROM stated AS s
    INNER JOIN facts.link AS l ON l.extract = s.source AND l.row_number = s.row_number AND l.grade_rank < 4
    CROSS JOIN run.context AS c
    WHERE s.address IS NOT NULL OR s.phone IS NOT NULL
    UNION ALL
    SELECT
        person_key,
        'household_register' AS source,
        8 AS priority,
        row_number,
        NULL AS stated_on,
        2 AS tier,
        residence_address AS address,
        phone
    FROM facts.register
    WHERE residence_address IS NOT NULL OR phone IS NOT NULL
    UNION ALL
    SELECT
        person_key,
        'household_register' AS source,
        9 AS priority,
        row_number,
        NULL AS stated_on,
        4 AS tier,
        registered_address AS address,
        NULL AS phone
    FROM facts.register
    WHERE registered_address IS NOT NULL
)

SELECT
    person_key,
    source,
    priority,
    row_number,
    stated_on,
    tier,
    address,
    CASE
        WHEN
            regexp_matches(
                regexp_replace(phone, '^(00)?86', ''), '^(1[3-9][0-9]{9}|(0[0-9]{2,3})?[2-8][0-9]{6,7})$'
            )
            THEN regexp_replace(phone, '^(00)?86', '')
    END AS phone
FROM said
