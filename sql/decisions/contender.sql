-- Everybody's programmes that exclude each other, each with what it is worth to her, and their order: as of today,
-- and on each coming day on which one of them begins to hold by her own age.
-- One row: a person, a day and a programme of an exclusive group for which every condition holds on that day.
-- worth: the rule's amount, or what is being paid where that is higher than a floor; NULL = not known.
-- place 1 stands: the highest worth; where a worth is not known, what is received, else the group's order.
SELECT
    person_key,
    on_day,
    programme,
    exclusive_group,
    worth,
    receiving,
    row_number() OVER (
        PARTITION BY person_key, on_day, exclusive_group
        ORDER BY
            CASE WHEN contenders > known THEN CAST(0 AS DECIMAL(12, 2)) ELSE worth END DESC,
            CASE WHEN receiving THEN 0 ELSE 1 END ASC,
            group_order ASC
    ) AS place
FROM (
    SELECT
        c.person_key,
        c.on_day,
        c.programme,
        c.exclusive_group,
        c.group_order,
        c.worth,
        c.receiving,
        count(*) OVER (PARTITION BY c.person_key, c.on_day, c.exclusive_group) AS contenders,
        count(c.worth) OVER (PARTITION BY c.person_key, c.on_day, c.exclusive_group) AS known
    FROM (
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
        FROM decisions.holding AS h
        INNER JOIN decisions.programme AS d ON d.programme = h.programme
        LEFT JOIN decisions.receipt AS r ON r.person_key = h.person_key AND r.programme = h.programme
        WHERE d.exclusive_group IS NOT NULL
    ) AS c
) AS ranked
