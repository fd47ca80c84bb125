-- facts.birth: birth date, sex and identity number of a person. The number of the register row that counts gives all
-- three when its own row does not contradict it; else the date with the greatest weight of evidence
-- (facts.birth_evidence; of equals the one a number states; still equal: not known), the sex that the evidence for that
-- date gives, and the valid number that agrees with both. A damaged number alone gives no date; a number that is
-- nobody's after this is left out: no list shows another person's number.
-- grain: a person (NULL where nothing is known)
-- columns: person_key, birth_date, sex, id_number
-- from: facts.birth_evidence, facts.register, identity.person
WITH settled AS (
    SELECT
        r.person_key,
        coalesce(
            r.birth_date,
            make_date(
                CAST(substr(r.id_number18, 7, 4) AS INTEGER),
                CAST(substr(r.id_number18, 11, 2) AS INTEGER),
                CAST(substr(r.id_number18, 13, 2) AS INTEGER)
            )
        ) AS birth_date,
        CASE WHEN CAST(substr(r.id_number18, 17, 1) AS INTEGER) % 2 = 1 THEN 'M' ELSE 'F' END AS sex,
        r.id_number18 AS id_number
    FROM facts.register AS r
    WHERE r.number_settles
),

date_weight AS (
    SELECT
        person_key,
        birth_date,
        sum(weight) AS weight,
        max(CASE WHEN kind = 'number' THEN weight ELSE 0 END) AS number_weight
    FROM facts.birth_evidence
    WHERE birth_date IS NOT NULL
    GROUP BY person_key, birth_date
    HAVING bool_or(believed OR kind = 'field')
),

ranked_date AS (
    SELECT
        person_key,
        birth_date,
        rank() OVER (PARTITION BY person_key ORDER BY weight DESC, number_weight DESC) AS place
    FROM date_weight
),

best_date AS (
    SELECT person_key, min(birth_date) AS birth_date
    FROM ranked_date
    WHERE place = 1
    GROUP BY person_key
    HAVING count(*) = 1
),

sex_weight AS (
    SELECT
        e.person_key,
        e.sex,
        sum(e.weight) AS weight,
        max(CASE WHEN e.kind = 'number' THEN e.weight ELSE 0 END) AS number_weight
    FROM facts.birth_evidence AS e
    LEFT JOIN best_date AS b ON b.person_key = e.person_key
    WHERE e.sex IS NOT NULL AND (e.kind = 'field' OR e.birth_date = b.birth_date)
    GROUP BY e.person_key, e.sex
),

ranked_sex AS (
    SELECT
        person_key,
        sex,
        rank() OVER (PARTITION BY person_key ORDER BY weight DESC, number_weight DESC) AS place
    FROM sex_weight
),

best_sex AS (
    SELECT person_key, min(sex) AS sex
    FROM ranked_sex
    WHERE place = 1
    GROUP BY person_key
    HAVING count(*) = 1
),

best_number AS (
    SELECT e.person_key, e.id_number18
    FROM facts.birth_evidence AS e
    INNER JOIN best_date AS b ON b.person_key = e.person_key AND b.birth_date = e.birth_date
    INNER JOIN best_sex AS s ON s.person_key = e.person_key AND s.sex = e.sex
    WHERE e.id_number18 IS NOT NULL AND e.believed
    QUALIFY row_number() OVER (
        PARTITION BY e.person_key ORDER BY e.weight DESC, e.id_number18
    ) = 1
)

SELECT person_key, birth_date, sex, id_number
FROM settled
UNION ALL
SELECT
    p.person_key,
    d.birth_date,
    x.sex,
    n.id_number18 AS id_number
FROM identity.person AS p
LEFT JOIN settled AS known ON known.person_key = p.person_key
LEFT JOIN best_date AS d ON d.person_key = p.person_key
LEFT JOIN best_sex AS x ON x.person_key = p.person_key
LEFT JOIN best_number AS n ON n.person_key = p.person_key
WHERE known.person_key IS NULL
