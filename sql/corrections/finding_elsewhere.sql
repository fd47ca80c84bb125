-- Register rows with the area code of another region. A county's codes begin with its 6 digits, a city's (code ending
-- in 00) with the first 4, a province's with the first 2.
-- grain: a register row
-- columns: extract, row_number, role, kind, detail
-- from: intake.household_register, run.context
SELECT
    'household_register' AS extract,
    registered.row_number,
    '' AS role,
    '行政区划代码' AS kind,
    '不属于本区，请核对' AS detail
FROM intake.household_register AS registered
CROSS JOIN run.context AS context
WHERE
    NOT starts_with(
        registered.area_code,
        CASE
            WHEN context.region_code LIKE '%0000' THEN left(context.region_code, 2)
            WHEN context.region_code LIKE '%00' THEN left(context.region_code, 4)
            ELSE context.region_code
        END
    )
