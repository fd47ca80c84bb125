-- facts.register: what the household register says of a person. One row: a person who stands in the register.
-- Of several rows the one that counts is: a 正常 row before any 注销 row; of two 正常 rows the one that has 曾用身份号码, else the
-- later 状态变更日期, else the first; of 注销 rows the last by 状态变更日期. Any 死亡注销 row makes the person dead.
-- From intake.household_register, facts.link.
WITH linked AS (
    SELECT
        l.person_key,
        r.row_number,
        r.status,
        r.status_date,
        r.status = 1 AND r.former_id_number IS NOT NULL AS renumbered
    FROM intake.household_register AS r
    INNER JOIN facts.link AS l ON l.extract = 'household_register' AND l.row_number = r.row_number
),

summary AS (
    SELECT
        person_key,
        min(row_number) AS row_number,
        count(*) AS row_count,
        coalesce(bool_or(status = 1), FALSE) AS has_normal_row,
        coalesce(bool_or(status = 2), FALSE) AS has_death_row,
        min(status_date) FILTER (WHERE status = 2) AS death_row_on,
        max(status_date) FILTER (WHERE status <> 1) AS cancelled_on
    FROM linked
    GROUP BY person_key
),

chosen AS (
    SELECT s.person_key, s.row_number
    FROM summary AS s
    WHERE s.row_count = 1
    UNION ALL
    SELECT l.person_key, l.row_number
    FROM linked AS l
    INNER JOIN summary AS s ON s.person_key = l.person_key AND s.row_count > 1
    QUALIFY row_number() OVER (
        PARTITION BY l.person_key
        ORDER BY
            coalesce(l.status = 1, FALSE) DESC,
            coalesce(l.renumbered, FALSE) DESC,
            l.status_date DESC NULLS LAST,
            l.row_number
    ) = 1
)

SELECT
    s.person_key,
    c.row_number,
    s.has_normal_row,
    s.has_death_row,
    s.death_row_on,
    CASE WHEN NOT s.has_normal_row THEN s.cancelled_on END AS cancelled_on,
    CASE WHEN s.has_death_row THEN 2 ELSE r.status END AS last_register_status,
    CASE WHEN s.has_normal_row THEN r.household_no END AS household_id,
    r.area_code,
    r.name,
    r.id_number,
    r.id_number18,
    r.id_number_state,
    r.birth_date,
    r.sex,
    r.registered_address,
    r.residence_address,
    r.phone
FROM summary AS s
INNER JOIN chosen AS c ON c.person_key = s.person_key
INNER JOIN intake.household_register AS r ON r.row_number = c.row_number
