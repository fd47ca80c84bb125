-- Who stands beside a row in its extract: the persons of the rows just before and after it, where number and name tie them.
-- A roll is mostly compiled village by village and house by house; whether this one is, its clear rows tell.
-- One row of: residual row, or clear row of a sample of its context (`own_key`: whose it is), × person beside it.
-- From: identity.residual, row_context, number_link, register_profile.
WITH clear AS (
    SELECT c.context, l.row_key, l.person_key, count(*) OVER (PARTITION BY c.context) AS row_count
    FROM identity.number_link l
    JOIN identity.row_context c ON l.row_key = c.row_key
),
asked AS (
    SELECT row_key, CAST(NULL AS BIGINT) AS own_key FROM identity.residual
    UNION ALL
    SELECT row_key, person_key FROM clear WHERE row_key // 10 % greatest(row_count // 5000, 1) = 0
),
near AS (
    SELECT a.row_key, a.own_key, l.person_key
    FROM asked a
    JOIN identity.number_link l ON a.row_key // 10 - 1 = l.row_key // 10
    UNION
    SELECT a.row_key, a.own_key, l.person_key
    FROM asked a
    JOIN identity.number_link l ON a.row_key // 10 + 1 = l.row_key // 10
)
SELECT n.row_key, n.own_key, n.person_key, r.household_no, r.area_code, r.name_key
FROM near n
JOIN identity.register_profile r ON n.person_key = r.person_key AND r.leads
