-- Pairs to compare: candidates, an asked and a registered record that share a key; and pairs of two registered people as
-- they come, where what agrees agrees by chance. One row of: pair. From: febrl.record.
WITH asked AS (
    SELECT * FROM febrl.record WHERE asked
),
registered AS (
    SELECT *, row_number() OVER (ORDER BY row_key) - 1 AS place FROM febrl.record WHERE NOT asked
),
candidate AS (
    SELECT a.row_key AS left_key, r.row_key AS right_key
    FROM asked a
    JOIN registered r ON left(a.soc_sec_id, 4) = left(r.soc_sec_id, 4)
    UNION
    SELECT a.row_key, r.row_key
    FROM asked a
    JOIN registered r ON right(a.soc_sec_id, 4) = right(r.soc_sec_id, 4)
    UNION
    SELECT a.row_key, r.row_key
    FROM asked a
    JOIN registered r ON a.date_of_birth = r.date_of_birth
    UNION
    SELECT a.row_key, r.row_key
    FROM asked a
    JOIN registered r ON a.given_name = r.given_name AND a.surname = r.surname
    UNION
    SELECT a.row_key, r.row_key
    FROM asked a
    JOIN registered r ON a.given_name = r.surname AND a.surname = r.given_name
    UNION
    SELECT a.row_key, r.row_key
    FROM asked a
    JOIN registered r ON a.address_1 = r.address_1
    UNION
    SELECT a.row_key, r.row_key
    FROM asked a
    JOIN registered r ON a.postcode = r.postcode
),
shift AS (
    SELECT unnest(generate_series(1, 20)) AS step
)
SELECT FALSE AS by_chance, left_key, right_key
FROM candidate
UNION ALL
SELECT TRUE, a.row_key, r.row_key
FROM registered a
CROSS JOIN shift s
JOIN registered r ON r.place = (a.place + 170 * s.step) % (SELECT count(*) FROM registered)
WHERE a.row_key <> r.row_key
