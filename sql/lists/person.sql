-- A person as every list shows one; every value is text, the identity number keeps its first 6 and last 4 characters,
-- a mobile number is grouped to be read. Who is in no row tonight is shown as on the published night before.
-- grain: a person on a list
-- columns: person_id, name, sex, age, id_number, phone, address, alive, town_file
-- from: changes.gone, mart.candidate, mart.change, mart.ledger, mart.person, mart.waiting_list, run.word
WITH listed AS (
    SELECT person_id
    FROM mart.candidate
    UNION
    SELECT person_id
    FROM mart.ledger
    UNION
    SELECT person_id
    FROM mart.waiting_list
    UNION
    SELECT person_id
    FROM mart.change
),

known AS (
    SELECT p.person_id, p.name, p.sex, p.age, p.id_number, p.phone, p.address, p.alive, p.town_code
    FROM mart.person AS p
    SEMI JOIN listed AS l ON l.person_id = p.person_id
    UNION ALL
    SELECT g.person_id, g.name, g.sex, g.age, g.id_number, NULL, NULL, NULL, g.town_code
    FROM changes.gone AS g
    ANTI JOIN mart.person AS p ON p.person_id = g.person_id
)

SELECT
    k.person_id,
    k.name,
    s.chinese AS sex,
    CAST(k.age AS VARCHAR) AS age,
    masked_number(k.id_number) AS id_number,
    CASE
        WHEN regexp_matches(k.phone, '^1[0-9]{10}$')
            THEN concat(substr(k.phone, 1, 3), ' ', substr(k.phone, 4, 4), ' ', substr(k.phone, 8, 4))
        ELSE k.phone
    END AS phone,
    k.address,
    k.alive,
    CASE WHEN regexp_matches(k.town_code, '^[0-9]{9}$') THEN k.town_code ELSE 'unassigned' END AS town_file
FROM known AS k
LEFT JOIN run.word AS s ON s.list = 'sex' AND s.code = k.sex
