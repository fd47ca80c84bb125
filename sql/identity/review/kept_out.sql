-- Persons whose row may have been kept out of an extract: a roll that lost a row says nothing against them.
-- One row of: person × row kept out. From: run.kept_out, identity.known_number, bearer, register_profile.
-- A name alone counts where no number of the row leads to anybody; names of more than 300 bearers point at nobody.
WITH by_number AS (
    SELECT DISTINCT k.extract, k.row_number, n.person_key
    FROM run.kept_out AS k
    INNER JOIN identity.known_number AS n ON n.number_no = CAST(left(k.number18, 17) AS BIGINT)
),

by_name AS (
    SELECT DISTINCT k.extract, k.row_number, r.person_key
    FROM run.kept_out AS k
    INNER JOIN identity.bearer AS n ON n.name_key = k.name_key AND n.holders <= 300
    INNER JOIN identity.register_profile AS r ON r.name_key = k.name_key
    LEFT JOIN by_number AS b ON b.extract = k.extract AND b.row_number = k.row_number
    WHERE b.person_key IS NULL
)

SELECT extract, row_number, person_key, 'kept out, number' AS reason FROM by_number
UNION ALL
SELECT extract, row_number, person_key, 'kept out, name' AS reason FROM by_name
