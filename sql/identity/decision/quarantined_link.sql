-- Whose a row in quarantine may be. It gives no fact, but nobody is decided as if it did not exist (facts.guard). The
-- published id leads where the name does not speak against it, else a valid number, else a damaged one that a single
-- edit makes a known number (and the name may be the person's); the name alone only where none of these leads to
-- anybody. `damaged number` and `name`: at most three people may remain, else it is nobody's. A birth date or sex that
-- differs rules out; area and address only choose among those who remain, and so does a birth date that is not in its
-- own column. Bearers of names of more than 300 are looked for by birth date or address.
-- grain: row in quarantine × registered person
-- columns: extract, row_number, person_key, reason
-- from: identity.bearer, identity.known_id, identity.known_number, identity.register_profile,
--   run.quarantined_identifier, run.quarantined_record
WITH by_id AS (
    SELECT DISTINCT q.extract, q.row_number, k.person_key
    FROM run.quarantined_record AS q
    JOIN identity.known_id AS k ON q.person_id = k.person_id
    JOIN identity.register_profile AS r ON k.person_key = r.person_key
    LEFT JOIN run.quarantined_identifier AS m
        ON q.extract = m.extract AND q.row_number = m.row_number AND m.name_key IS NOT NULL AND r.name_key IS NOT NULL
    WHERE coalesce(name_level(m.name_key, r.name_key) >= $alike_name, TRUE)
),

by_number AS (
    SELECT DISTINCT q.extract, q.row_number, n.person_key
    FROM run.quarantined_identifier AS q
    JOIN identity.known_number AS n ON n.number_no = CAST(left(q.number18, 17) AS BIGINT)
    ANTI JOIN by_id AS b ON q.extract = b.extract AND q.row_number = b.row_number
),

clear AS (
    SELECT extract, row_number, person_key, 'quarantined, id' AS reason FROM by_id
    UNION ALL
    SELECT extract, row_number, person_key, 'quarantined, number' FROM by_number
),

rest AS (
    SELECT q.extract, q.row_number, q.number18, q.damaged_number, q.name_key
    FROM run.quarantined_identifier AS q
    ANTI JOIN clear AS c ON q.extract = c.extract AND q.row_number = c.row_number
),

near AS (
    SELECT q.extract, q.row_number, q.damaged_number, r.id_number, r.name_key, r.person_key
    FROM rest AS q
    JOIN identity.register_profile AS r ON hash(right(q.damaged_number, 8)) = r.key_end
    WHERE q.damaged_number IS NOT NULL
    UNION
    SELECT q.extract, q.row_number, q.damaged_number, r.id_number, r.name_key, r.person_key
    FROM rest AS q
    JOIN identity.register_profile AS r ON hash(left(q.damaged_number, 14)) = r.key_start
    WHERE q.damaged_number IS NOT NULL
),

by_damaged_number AS (
    SELECT DISTINCT n.extract, n.row_number, n.person_key
    FROM near AS n
    LEFT JOIN rest AS m
        ON n.extract = m.extract AND n.row_number = m.row_number AND m.name_key IS NOT NULL AND n.name_key IS NOT NULL
    WHERE
        osa_distance(translate(n.damaged_number, 'OQDIL', '00011'), n.id_number) <= 1
        AND coalesce(name_level(m.name_key, n.name_key) >= $alike_name, TRUE)
),

-- names with the other fields of their rows; a valid number that nobody bears still holds a birth date and a sex
named AS (
    SELECT
        q.extract,
        q.row_number,
        q.name_key,
        d.is_by_column,
        coalesce(
            d.birth_date,
            try_cast(
                substr(u.number18, 7, 4) || '-' || substr(u.number18, 11, 2) || '-' || substr(u.number18, 13, 2) AS DATE
            )
        ) AS birth_date,
        coalesce(d.sex, CASE WHEN substr(u.number18, 17, 1) IN ('1', '3', '5', '7', '9') THEN 'M' WHEN u.number18 IS NOT NULL THEN 'F' END)
            AS sex,
        d.area_code,
        hash(nullif(regexp_extract(d.address_key, '.{3}[0-9].*$'), '')) AS key_address
    FROM rest AS q
    JOIN run.quarantined_record AS d ON q.extract = d.extract AND q.row_number = d.row_number
    LEFT JOIN (
        SELECT extract, row_number, min(number18) AS number18
        FROM rest
        GROUP BY extract, row_number
        HAVING count(DISTINCT number18) = 1
    ) AS u ON q.extract = u.extract AND q.row_number = u.row_number
    ANTI JOIN by_damaged_number AS n ON q.extract = n.extract AND q.row_number = n.row_number
    WHERE q.name_key IS NOT NULL
),

few AS (
    SELECT DISTINCT q.*
    FROM named AS q
    JOIN identity.bearer AS b ON q.name_key = b.name_key AND b.holders <= $name_only_people_max
),

candidate AS (
    SELECT q.*, r.person_key, r.birth_date AS registered_birth_date, r.sex AS registered_sex, r.area_code AS registered_area, r.key_address AS registered_address
    FROM few AS q
    JOIN identity.register_profile AS r ON q.name_key = r.name_key
    UNION
    SELECT q.*, r.person_key, r.birth_date, r.sex, r.area_code, r.key_address
    FROM named AS q
    JOIN identity.register_profile AS r ON q.name_key = r.former_name_key
    UNION
    SELECT q.*, r.person_key, r.birth_date, r.sex, r.area_code, r.key_address
    FROM named AS q
    JOIN identity.register_profile AS r ON q.name_key = r.name_key AND q.birth_date = r.birth_date
    UNION
    SELECT q.*, r.person_key, r.birth_date, r.sex, r.area_code, r.key_address
    FROM named AS q
    JOIN identity.register_profile AS r ON q.name_key = r.name_key AND q.key_address = r.key_address
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
    WHERE coalesce(sex = registered_sex, TRUE) AND (coalesce(birth_date = registered_birth_date, TRUE) OR NOT is_by_column)
),

-- how well each fits, as far as that tells one of them from another
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
    SELECT f.extract, f.row_number, f.person_key
    FROM fit AS f
    JOIN (SELECT extract, row_number, max(fits) AS fits FROM fit GROUP BY extract, row_number) AS best
        ON f.extract = best.extract AND f.row_number = best.row_number AND f.fits = best.fits
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
SELECT n.extract, n.row_number, n.person_key, n.reason
FROM narrowed AS n
JOIN sole AS s ON n.extract = s.extract AND n.row_number = s.row_number
