-- facts.birth_evidence: the evidence of every source for birth date and sex, for the people whose register row does not
-- settle it by itself. A register row settles it when its number is valid and neither its date field nor its sex field
-- contradicts the number. All others are weighed here: the number may be damaged, or another person's (about one row in
-- some thousands), or the field may be the damaged one. Weights, so that a field alone never outvotes the number of the
-- same row, but two sources' fields do when nobody else knows the number, and a number that contradicts both fields of
-- its own row, or that another person holds without contradiction, is not believed:
--   register row that counts: believed number 8, field 7, number with a wrong check character 2, disbelieved number 2
--   any other row:            believed number 6, field 4, number with a wrong check character 1, disbelieved number 1
-- A row whose link is under review has no weight. An extract counts once for each value it states, however many rows it
-- has.
-- grain: a person × extract × kind (number, field) × stated date, sex and number, with a weight
-- columns: person_key, extract, kind, birth_date, sex, id_number18, believed, weight
-- from: facts.register, facts.unsettled_row, run.context
WITH stated AS (
    SELECT
        u.person_key,
        u.extract,
        u.counts,
        u.id_number18,
        CASE
            WHEN u.id_number18 IS NOT NULL THEN u.id_number18
            WHEN u.id_number_state = 'checksum' THEN u.id_number
        END AS number_text,
        CASE WHEN u.birth_date <= c.as_of THEN u.birth_date END AS birth_date,
        u.sex
    FROM facts.unsettled_row AS u
    CROSS JOIN run.context AS c
),

numbered AS (
    SELECT
        s.person_key,
        s.extract,
        s.counts,
        s.id_number18,
        s.birth_date,
        s.sex,
        try_cast(
            substr(s.number_text, 7, 4) || '-' || substr(s.number_text, 11, 2) || '-' || substr(s.number_text, 13, 2)
            AS DATE
        ) AS number_date,
        CASE WHEN CAST(substr(s.id_number18, 17, 1) AS INTEGER) % 2 = 1 THEN 'M' ELSE 'F' END AS number_sex,
        holder.person_key IS NOT NULL AS held_by_another
    FROM stated AS s
    LEFT JOIN facts.register AS holder ON holder.id_number18 = s.id_number18 AND holder.number_settles
),

weighed AS (
    SELECT
        person_key,
        extract,
        counts,
        id_number18,
        number_date,
        CASE WHEN id_number18 IS NOT NULL THEN number_sex END AS number_sex,
        birth_date,
        sex,
        id_number18 IS NOT NULL
        AND NOT (held_by_another AND (coalesce(number_date <> birth_date, FALSE) OR coalesce(number_sex <> sex, FALSE)))
        AND NOT (coalesce(number_date <> birth_date, FALSE) AND coalesce(number_sex <> sex, FALSE)) AS believed
    FROM numbered
)

SELECT
    w.person_key,
    w.extract,
    'number' AS kind,
    w.number_date AS birth_date,
    w.number_sex AS sex,
    w.id_number18,
    w.believed,
    max(CASE WHEN w.counts AND w.believed THEN 8 WHEN w.believed THEN 6 WHEN w.counts THEN 2 ELSE 1 END) AS weight
FROM weighed AS w
CROSS JOIN run.context AS c
WHERE w.number_date <= c.as_of
GROUP BY w.person_key, w.extract, w.number_date, w.number_sex, w.id_number18, w.believed
UNION ALL
SELECT
    w.person_key,
    w.extract,
    'field' AS kind,
    w.birth_date,
    w.sex,
    NULL AS id_number18,
    FALSE AS believed,
    max(CASE WHEN w.counts THEN 7 ELSE 4 END) AS weight
FROM weighed AS w
WHERE w.birth_date IS NOT NULL OR w.sex IS NOT NULL
GROUP BY w.person_key, w.extract, w.birth_date, w.sex
