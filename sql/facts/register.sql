-- facts.register: which register row of a person counts, and what all of them give. Of several rows the one that counts
-- is: a 正常 row before any 注销 row; of two 正常 rows the one that has 曾用身份号码, else the later 状态变更日期, else the first; of 注销
-- rows the last by 状态变更日期. What is no valid number, the row's own, or somebody else's, is no former number. A 死亡注销 row
-- makes the person dead, unless a 正常 row of the person is dated later: then the death may have been taken back
-- (death_taken_back_on: the day of that row, where no other row keeps the person dead), and it makes nobody dead.
-- household_id: NULL where the 户号 is none (intake leaves it out) or that of more than 15 registered people (集体户).
-- number_settles: the row's number is valid and neither its date field nor its sex field contradicts it.
-- grain: a person of the register
-- columns: person_key, row_number, has_several_rows, has_normal_row, has_death_row, death_row_on, death_row_number,
--   death_taken_back_on, cancelled_on, last_register_status, household_id, area_code, id_number18, birth_date, sex,
--   number_settles
-- from: facts.link, intake.household_register
WITH linked AS (
    SELECT person_key, row_number
    FROM facts.link
    WHERE extract = 'household_register'
),

several AS (
    SELECT person_key
    FROM linked
    GROUP BY person_key
    HAVING count(*) > 1
),

several_row AS (
    SELECT
        l.person_key,
        r.row_number,
        r.status,
        r.status_date,
        r.former_id_number18,
        r.former_id_number18 IS NOT NULL AND r.former_id_number18 IS DISTINCT FROM r.id_number18 AS has_former_number,
        max(CASE WHEN r.status = 1 THEN r.status_date END) OVER (PARTITION BY l.person_key) AS normal_on
    FROM several AS s
    INNER JOIN linked AS l ON l.person_key = s.person_key
    INNER JOIN intake.household_register AS r ON r.row_number = l.row_number
),

-- former numbers that are somebody else's number: of a guardian, or typed into the wrong line
others_number AS (
    SELECT DISTINCT s.row_number
    FROM several_row AS s
    INNER JOIN intake.household_register AS r ON r.id_number18 = s.former_id_number18
    INNER JOIN linked AS l ON l.row_number = r.row_number
    WHERE l.person_key <> s.person_key
),

summary AS (
    SELECT
        person_key,
        bool_or(status = 1) AS has_normal_row,
        bool_or(status = 2 AND NOT coalesce(status_date < normal_on, FALSE)) AS has_death_row,
        min(status_date) FILTER (WHERE status = 2 AND NOT coalesce(status_date < normal_on, FALSE)) AS death_row_on,
        min(row_number) FILTER (WHERE status = 2 AND NOT coalesce(status_date < normal_on, FALSE)) AS death_row_number,
        max(normal_on) FILTER (WHERE status = 2 AND status_date < normal_on) AS death_taken_back_on,
        max(status_date) FILTER (WHERE status <> 1) AS cancelled_on
    FROM several_row
    GROUP BY person_key
),

chosen AS (
    SELECT s.person_key, s.row_number
    FROM several_row AS s
    LEFT JOIN others_number AS o ON o.row_number = s.row_number
    QUALIFY row_number() OVER (
        PARTITION BY s.person_key
        ORDER BY
            s.status = 1 DESC,
            s.status = 1 AND o.row_number IS NULL AND s.has_former_number DESC,
            s.status_date DESC NULLS LAST,
            s.row_number
    ) = 1
),

settled AS (
    SELECT
        c.person_key,
        c.row_number,
        s.has_normal_row,
        s.has_death_row,
        s.death_row_on,
        s.death_row_number,
        s.death_taken_back_on,
        s.cancelled_on
    FROM chosen AS c
    INNER JOIN summary AS s ON s.person_key = c.person_key
),

counted AS (
    SELECT
        l.person_key,
        l.row_number,
        s.person_key IS NOT NULL AS has_several_rows,
        coalesce(s.has_normal_row, r.status = 1) AS has_normal_row,
        coalesce(s.has_death_row, r.status = 2) AS has_death_row,
        coalesce(s.death_row_on, CASE WHEN r.status = 2 THEN r.status_date END) AS death_row_on,
        coalesce(s.death_row_number, CASE WHEN r.status = 2 THEN r.row_number END) AS death_row_number,
        s.death_taken_back_on,
        coalesce(s.cancelled_on, CASE WHEN r.status <> 1 THEN r.status_date END) AS cancelled_on,
        r.status,
        r.household_no,
        r.area_code,
        r.id_number18,
        r.birth_date,
        r.sex
    FROM intake.household_register AS r
    INNER JOIN linked AS l ON l.row_number = r.row_number
    LEFT JOIN settled AS s ON s.person_key = l.person_key
    WHERE s.person_key IS NULL OR s.row_number = l.row_number
),

collective AS (
    SELECT household_no
    FROM counted
    WHERE has_normal_row AND NOT has_death_row AND household_no IS NOT NULL
    GROUP BY household_no
    HAVING count(*) > 15
)

SELECT
    r.person_key,
    r.row_number,
    r.has_several_rows,
    r.has_normal_row,
    r.has_death_row,
    r.death_row_on,
    r.death_row_number,
    CASE WHEN NOT r.has_death_row THEN r.death_taken_back_on END AS death_taken_back_on,
    CASE WHEN NOT r.has_normal_row THEN r.cancelled_on END AS cancelled_on,
    CASE WHEN r.has_death_row THEN 2 ELSE r.status END AS last_register_status,
    CASE WHEN r.has_normal_row AND c.household_no IS NULL THEN r.household_no END AS household_id,
    r.area_code,
    r.id_number18,
    r.birth_date,
    r.sex,
    r.id_number18 IS NOT NULL
    AND coalesce(
        CAST(substr(r.id_number18, 7, 8) AS INTEGER)
        = year(r.birth_date) * 10000 + month(r.birth_date) * 100 + day(r.birth_date),
        TRUE
    )
    AND coalesce((CAST(substr(r.id_number18, 17, 1) AS INTEGER) % 2 = 1) = (r.sex = 'M'), TRUE) AS number_settles
FROM counted AS r
LEFT JOIN collective AS c ON c.household_no = r.household_no
