-- Programmes that exclude each other and of which a person could have two or more, each with what it is worth,
-- and their order: as of today, and on each coming day on which one begins to hold by the person's age. worth: the
-- rule's amount, or what is being paid where that is higher than a floor; NULL = not known. place 1 is had: the highest
-- worth; where a worth is not known, what is received, else the group's order.
-- grain: a person, a day and a programme of an exclusive group for which every condition holds on that day
-- columns: person_key, on_day, programme, exclusive_group, worth, receiving, place
-- from: decisions.eligible_exclusive, decisions.programme, decisions.receipt
WITH held AS (
    SELECT
        h.person_key,
        h.on_day,
        h.programme,
        d.exclusive_group,
        d.group_order,
        CASE
            WHEN d.amount_is_floor AND r.amount > h.amount_monthly THEN r.amount
            ELSE h.amount_monthly
        END AS worth,
        r.person_key IS NOT NULL AS receiving
    FROM decisions.eligible_exclusive AS h
    INNER JOIN decisions.programme AS d ON d.programme = h.programme
    LEFT JOIN decisions.receipt AS r ON r.person_key = h.person_key AND r.programme = h.programme
    WHERE d.exclusive_group IS NOT NULL
),

contested AS (
    SELECT
        person_key,
        on_day,
        exclusive_group,
        count(*) > count(worth) AS some_worth_unknown
    FROM held
    GROUP BY person_key, on_day, exclusive_group
    HAVING count(*) > 1
)

SELECT
    h.person_key,
    h.on_day,
    h.programme,
    h.exclusive_group,
    h.worth,
    h.receiving,
    row_number() OVER (
        PARTITION BY h.person_key, h.on_day, h.exclusive_group
        ORDER BY
            CASE WHEN c.some_worth_unknown THEN CAST(0 AS DECIMAL(12, 2)) ELSE h.worth END DESC,
            CASE WHEN h.receiving THEN 0 ELSE 1 END ASC,
            h.group_order ASC
    ) AS place
FROM held AS h
INNER JOIN contested AS c
    ON c.person_key = h.person_key AND c.on_day = h.on_day AND c.exclusive_group = h.exclusive_group
