-- A person who stands twice where once is right. One row: a source row that has a twin.
-- From corrections.clear_row, intake.benefit_roll, intake.household_register.
WITH once AS (
    SELECT 'benefit_roll' AS extract, row_number, programme AS subject
    FROM intake.benefit_roll
    WHERE status = 1
    UNION ALL
    SELECT 'household_register' AS extract, row_number, '' AS subject
    FROM intake.household_register
    WHERE status = 1
),

counted AS (
    SELECT
        clear_row.extract,
        clear_row.row_number,
        clear_row.role,
        min(clear_row.row_number) OVER (PARTITION BY clear_row.extract, clear_row.person_key, once.subject) AS first_row,
        max(clear_row.row_number) OVER (PARTITION BY clear_row.extract, clear_row.person_key, once.subject) AS last_row
    FROM corrections.clear_row AS clear_row
    INNER JOIN once ON once.extract = clear_row.extract AND once.row_number = clear_row.row_number
)

SELECT
    extract,
    row_number,
    role,
    '重复' AS kind,
    concat('同一人在第 ', CASE WHEN row_number = first_row THEN last_row ELSE first_row END, ' 行也为正常') AS detail
FROM counted
WHERE first_row <> last_row
