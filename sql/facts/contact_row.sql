-- facts.contact_row: every address and phone that a department wrote down for a person, with the day on which it was
-- true as far as is known. Only clear links: a phone under review may be somebody else's. The day is that of the
-- contact or application (benefit_roll: 起发年月, for the payment goes on while the address ages). is_recent: a day within
-- the three years before the as-of date. The smallest trust_key is the best: recent ones first, then the latest day
-- (none, or one in the future, last), then who was at the door first, then the first row.
-- grain: a linked row that holds an address or a phone
-- columns: person_key, source, stated_on, is_recent, trust_key, address, phone
-- from: facts.link, facts.stated_contact, run.context
WITH aged AS (
    SELECT
        l.person_key,
        s.source,
        s.priority,
        s.row_number,
        CASE WHEN s.stated_on <= c.as_of THEN s.stated_on END AS stated_on,
        CASE WHEN s.stated_on <= c.as_of THEN date_diff('day', s.stated_on, c.as_of) ELSE 99999 END AS days_old,
        s.address,
        s.phone
    FROM facts.stated_contact AS s
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
