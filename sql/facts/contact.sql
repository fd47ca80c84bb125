-- facts.contact: the best current address and the best current phone of a person, each with its source and day.
-- One row: a person with at least one of them. The most recent of the last three years; else what the register says
-- (居住地址, phone); else an older one; else 户籍地址. From facts.contact_row.
WITH best_address AS (
    SELECT person_key, address, source, stated_on
    FROM facts.contact_row
    WHERE address IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY person_key ORDER BY tier, stated_on DESC NULLS LAST, priority, row_number
    ) = 1
),

best_phone AS (
    SELECT person_key, phone, source, stated_on
    FROM facts.contact_row
    WHERE phone IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY person_key ORDER BY tier, stated_on DESC NULLS LAST, priority, row_number
    ) = 1
)

SELECT
    coalesce(a.person_key, p.person_key) AS person_key,
    a.address,
    a.source AS address_source,
    a.stated_on AS address_date,
    p.phone,
    p.source AS phone_source,
    p.stated_on AS phone_date
FROM best_address AS a
FULL OUTER JOIN best_phone AS p ON p.person_key = a.person_key
