-- What distinguishes a row in quarantine from the others of its extract, wherever it is in the file: what could be read
-- of it. Mixed with the region's key, so that nobody can try numbers against it.
-- grain: a row in quarantine
-- columns: extract, row_number, subject
-- from: run.quarantined_identifier, run.quarantined_record, run.question_key
WITH identifier AS (
    SELECT
        extract,
        row_number,
        string_agg(
            concat_ws(':', number18, damaged_number, name_key), '|'
            ORDER BY number18, damaged_number, name_key
        ) AS identifiers
    FROM run.quarantined_identifier
    GROUP BY extract, row_number
),

record AS (
    SELECT
        extract,
        row_number,
        string_agg(
            concat_ws(
                '|', person_id, birth_date, sex, area_code, address_key, programme, scheme, category, happened_on
            ),
            '|'
            ORDER BY person_id, birth_date, sex, area_code, address_key, programme, happened_on
        ) AS cells
    FROM run.quarantined_record
    GROUP BY extract, row_number
)

SELECT
    coalesce(i.extract, r.extract) AS extract,
    coalesce(i.row_number, r.row_number) AS row_number,
    md5(concat_ws('|', k.secret, i.identifiers, r.cells)) AS subject
FROM identifier AS i
FULL OUTER JOIN record AS r ON r.extract = i.extract AND r.row_number = i.row_number
CROSS JOIN run.question_key AS k
