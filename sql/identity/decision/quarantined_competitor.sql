-- Register rows in quarantine that a residual row could be about: the register then does not show everybody. `slips`:
-- so many would turn the one number into the other (a valid number is no slip of another); NULL: the name and the birth
-- date are those of the row in quarantine.
-- grain: residual row × number of a register row in quarantine
-- columns: row_key, number_no, slips
-- from: identity.residual, run.quarantined_identifier
WITH spine AS (
    SELECT n.number18, CAST(left(n.number18, 17) AS BIGINT) AS number_no, m.name_key
    FROM run.quarantined_identifier AS n
    LEFT JOIN run.quarantined_identifier AS m
        ON n.extract = m.extract AND n.row_number = m.row_number AND m.name_key IS NOT NULL
    WHERE n.extract = 'household_register' AND n.number18 IS NOT NULL
),

numbered AS (
    SELECT row_key, id_number, number_no FROM identity.residual WHERE length(id_number) BETWEEN $number_length_min AND $damaged_number_length_max AND NOT taken
),

near AS (
    SELECT s.row_key, s.id_number, s.number_no AS own_no, k.number18, k.number_no
    FROM numbered AS s
    JOIN spine AS k ON right(s.id_number, 12) = right(k.number18, 12)
    UNION
    SELECT s.row_key, s.id_number, s.number_no AS own_no, k.number18, k.number_no
    FROM numbered AS s
    JOIN spine AS k ON left(s.id_number, 6) = left(k.number18, 6) AND right(s.id_number, 4) = right(k.number18, 4)
    UNION
    SELECT s.row_key, s.id_number, s.number_no AS own_no, k.number18, k.number_no
    FROM numbered AS s
    JOIN spine AS k ON left(s.id_number, 14) = left(k.number18, 14)
)

SELECT row_key, number_no, CAST(osa_distance(id_number, number18) AS INTEGER) AS slips
FROM near
WHERE osa_distance(id_number, number18) <= 2 AND (own_no IS NULL OR own_no = number_no)
UNION
SELECT s.row_key, k.number_no, CAST(NULL AS INTEGER)
FROM identity.residual AS s
JOIN spine AS k
    ON s.name_key = k.name_key
    AND year(s.birth) * 10000 + month(s.birth) * 100 + day(s.birth) = k.number_no // 1000 % 100000000
