-- Valid numbers that the register knows, present and former, with every person who has or had one; not those on so many
-- register rows, now or before, that clerks typed them where they had none. As a table it would copy the register's
-- numbers; few of them are looked for.
-- grain: a number × person
-- columns: number_no, person_key, is_current
-- from: identity.register_profile, identity.repeated_number
-- materialized: view
WITH placeholder AS (
    SELECT number_no FROM identity.repeated_number WHERE all_count > $number_rows_max
),
known AS (
    SELECT number_no, person_key, 1 AS is_current
    FROM identity.register_profile
    WHERE alone AND number_no IS NOT NULL
    UNION ALL
    SELECT former_number_no, person_key, 0
    FROM identity.register_profile
    WHERE alone AND former_number_no IS NOT NULL AND former_number_no IS DISTINCT FROM number_no
    UNION ALL
    SELECT number_no, person_key, max(is_current)
    FROM (
        SELECT number_no, person_key, 1 AS is_current FROM identity.register_profile WHERE NOT alone
        UNION ALL
        SELECT former_number_no, person_key, 0 FROM identity.register_profile WHERE NOT alone
    )
    WHERE number_no IS NOT NULL
    GROUP BY number_no, person_key
)
SELECT number_no, person_key, is_current
FROM known
WHERE number_no NOT IN (SELECT number_no FROM placeholder)
