-- Where a candidate lives, seen from the rows beside the row: with those who stand there, in their community,
-- elsewhere.
-- grain: candidate (residual row × register row), or clear row of the sample with its own person, that somebody clear
--   stands beside
-- columns: row_key, register_key, place
-- from: identity.beside, identity.comparison, identity.register_profile
WITH pair AS (
    SELECT DISTINCT row_key, register_key FROM identity.comparison
    UNION ALL
    SELECT DISTINCT b.row_key, r.row_key
    FROM identity.beside b
    JOIN identity.register_profile r ON b.own_key = r.person_key AND r.leads
),
nearest AS (
    SELECT
        p.row_key,
        p.register_key,
        max(
            CASE
                WHEN b.person_key = r.person_key THEN 4
                WHEN b.household_no = r.household_no THEN 3
                WHEN b.area_code = r.area_code THEN 2
                WHEN left(b.area_code, 9) = left(r.area_code, 9) THEN 1
                ELSE 0
            END
        ) AS nearness
    FROM pair p
    JOIN identity.beside b ON p.row_key = b.row_key
    JOIN identity.register_profile r ON p.register_key = r.row_key
    GROUP BY p.row_key, p.register_key
)
SELECT
    row_key,
    register_key,
    CASE nearness
        WHEN 4 THEN 'herself beside'
        WHEN 3 THEN 'household beside'
        WHEN 2 THEN 'community beside'
        WHEN 1 THEN 'town beside'
        ELSE 'others beside'
    END AS place
FROM nearest
