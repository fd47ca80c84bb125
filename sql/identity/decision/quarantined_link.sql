-- Whose a row in quarantine may be. It gives no fact, but nobody is decided as if it did not exist (facts.guard). The
-- published id counts first, where the name does not contradict it, then a valid number, then a damaged one that one
-- edit makes a known number (and the name may be the person's); the name alone only where none of these leads to
-- anybody. Of `damaged number` and `name` at most $quarantined_people_max people may remain, else it is nobody's. A
-- birth date or sex that differs rules out; area and address only choose among those who remain, and so does a birth
-- date that is not in its own column. People of a common name are looked for by birth date or address.
-- grain: a row in quarantine × registered person
-- columns: extract, row_number, person_key, reason
-- from: identity.known_id, identity.known_number, identity.name_frequency, identity.register_profile,
--   run.quarantined_identifier, run.quarantined_record
WITH by_id AS (
    SELECT DISTINCT quarantined.extract, quarantined.row_number, known_id.person_key
    FROM run.quarantined_record AS quarantined
    JOIN identity.known_id ON quarantined.person_id = known_id.person_id
    JOIN identity.register_profile AS registered ON known_id.person_key = registered.person_key
    LEFT JOIN run.quarantined_identifier AS identifier
        ON quarantined.extract = identifier.extract
        AND quarantined.row_number = identifier.row_number
        AND identifier.name_key IS NOT NULL
        AND registered.name_key IS NOT NULL
    WHERE coalesce(name_level(identifier.name_key, registered.name_key) >= $alike_name, TRUE)
),

by_number AS (
    SELECT DISTINCT identifier.extract, identifier.row_number, known_number.person_key
    FROM run.quarantined_identifier AS identifier
    JOIN identity.known_number ON known_number.number_no = CAST(left(identifier.number18, 17) AS BIGINT)
    ANTI JOIN by_id ON identifier.extract = by_id.extract AND identifier.row_number = by_id.row_number
),

clear AS (
    SELECT extract, row_number, person_key, 'quarantined, id' AS reason FROM by_id
    UNION ALL
    SELECT extract, row_number, person_key, 'quarantined, number' FROM by_number
),

remaining AS (
    SELECT
        identifier.extract,
        identifier.row_number,
        identifier.number18,
        identifier.damaged_number,
        identifier.name_key
    FROM run.quarantined_identifier AS identifier
    ANTI JOIN clear ON identifier.extract = clear.extract AND identifier.row_number = clear.row_number
),

near AS (
    SELECT
        remaining.extract,
        remaining.row_number,
        remaining.damaged_number,
        registered.id_number,
        registered.name_key,
        registered.person_key
    FROM remaining
    JOIN identity.register_profile AS registered ON hash(right(remaining.damaged_number, 8)) = registered.key_end
    WHERE remaining.damaged_number IS NOT NULL
    UNION
    SELECT
        remaining.extract,
        remaining.row_number,
        remaining.damaged_number,
        registered.id_number,
        registered.name_key,
        registered.person_key
    FROM remaining
    JOIN identity.register_profile AS registered ON hash(left(remaining.damaged_number, 14)) = registered.key_start
    WHERE remaining.damaged_number IS NOT NULL
),

by_damaged_number AS (
    SELECT DISTINCT near.extract, near.row_number, near.person_key
    FROM near
    LEFT JOIN remaining
        ON near.extract = remaining.extract
        AND near.row_number = remaining.row_number
        AND remaining.name_key IS NOT NULL
        AND near.name_key IS NOT NULL
    WHERE
        osa_distance(translate(near.damaged_number, 'OQDIL', '00011'), near.id_number) <= 1
        AND coalesce(name_level(remaining.name_key, near.name_key) >= $alike_name, TRUE)
),

-- names with the other fields of their rows; a valid number that nobody here has still holds a birth date and a sex
named AS (
    SELECT
        remaining.extract,
        remaining.row_number,
        remaining.name_key,
        quarantined.is_by_column,
        coalesce(
            quarantined.birth_date,
            try_cast(
                substr(sole_number.number18, 7, 4)
                || '-'
                || substr(sole_number.number18, 11, 2)
                || '-'
                || substr(sole_number.number18, 13, 2) AS DATE
            )
        ) AS birth_date,
        coalesce(
            quarantined.sex,
            CASE
                WHEN substr(sole_number.number18, 17, 1) IN ('1', '3', '5', '7', '9') THEN 'M'
                WHEN sole_number.number18 IS NOT NULL THEN 'F'
            END
        )
            AS sex,
        quarantined.area_code,
        hash(nullif(regexp_extract(quarantined.address_key, '.{3}[0-9].*$'), '')) AS key_address
    FROM remaining
    JOIN run.quarantined_record AS quarantined
        ON remaining.extract = quarantined.extract AND remaining.row_number = quarantined.row_number
    LEFT JOIN (
        SELECT extract, row_number, min(number18) AS number18
        FROM remaining
        GROUP BY extract, row_number
        HAVING count(DISTINCT number18) = 1
    ) AS sole_number ON remaining.extract = sole_number.extract AND remaining.row_number = sole_number.row_number
    ANTI JOIN by_damaged_number
        ON remaining.extract = by_damaged_number.extract AND remaining.row_number = by_damaged_number.row_number
    WHERE remaining.name_key IS NOT NULL
),

rarer_name AS (
    SELECT DISTINCT named.*
    FROM named
    JOIN identity.name_frequency AS frequency
        ON named.name_key = frequency.name_key AND frequency.person_count <= $name_only_people_max
),

candidate AS (
    SELECT
        rarer_name.*,
        registered.person_key,
        registered.birth_date AS registered_birth_date,
        registered.sex AS registered_sex,
        registered.area_code AS registered_area,
        registered.key_address AS registered_address
    FROM rarer_name
    JOIN identity.register_profile AS registered ON rarer_name.name_key = registered.name_key
    UNION
    SELECT
        named.*,
        registered.person_key,
        registered.birth_date,
        registered.sex,
        registered.area_code,
        registered.key_address
    FROM named
    JOIN identity.register_profile AS registered ON named.name_key = registered.former_name_key
    UNION
    SELECT
        named.*,
        registered.person_key,
        registered.birth_date,
        registered.sex,
        registered.area_code,
        registered.key_address
    FROM named
    JOIN identity.register_profile AS registered
        ON named.name_key = registered.name_key AND named.birth_date = registered.birth_date
    UNION
    SELECT
        named.*,
        registered.person_key,
        registered.birth_date,
        registered.sex,
        registered.area_code,
        registered.key_address
    FROM named
    JOIN identity.register_profile AS registered
        ON named.name_key = registered.name_key AND named.key_address = registered.key_address
),

not_ruled_out AS (
    SELECT
        extract,
        row_number,
        person_key,
        NOT is_by_column AND coalesce(birth_date = registered_birth_date, FALSE) AS birth_date_in_row,
        coalesce(area_code = registered_area, FALSE) AS same_area,
        coalesce(key_address = registered_address, FALSE) AS same_address
    FROM candidate
    WHERE
        coalesce(sex = registered_sex, TRUE)
        AND (coalesce(birth_date = registered_birth_date, TRUE) OR NOT is_by_column)
),

-- how well each fits, as far as that distinguishes one from another
fit AS (
    SELECT
        extract,
        row_number,
        person_key,
        max(
            4 * CAST(birth_date_in_row AS INTEGER) + 2 * CAST(same_address AS INTEGER) + CAST(same_area AS INTEGER)
        ) AS fits
    FROM not_ruled_out
    GROUP BY extract, row_number, person_key
),

by_name AS (
    SELECT fit.extract, fit.row_number, fit.person_key
    FROM fit
    JOIN (SELECT extract, row_number, max(fits) AS fits FROM fit GROUP BY extract, row_number) AS best
        ON fit.extract = best.extract AND fit.row_number = best.row_number AND fit.fits = best.fits
),

narrowed AS (
    SELECT extract, row_number, person_key, 'quarantined, damaged number' AS reason FROM by_damaged_number
    UNION ALL
    SELECT extract, row_number, person_key, 'quarantined, name' FROM by_name
),

sole AS (
    SELECT extract, row_number
    FROM narrowed
    GROUP BY extract, row_number
    HAVING count(*) <= $quarantined_people_max
)

SELECT extract, row_number, person_key, reason FROM clear
UNION ALL
SELECT narrowed.extract, narrowed.row_number, narrowed.person_key, narrowed.reason
FROM narrowed
JOIN sole ON narrowed.extract = sole.extract AND narrowed.row_number = sole.row_number
