-- The source rows that one person's facts rest on.
-- grain: a group of facts × source row
-- columns: fact_group, extract, row_number, role, detail
-- from: mart.fact_source
SELECT
    fact_group,
    extract,
    row_number,
    role,
    detail
FROM mart.fact_source
WHERE person_id = $person_id
ORDER BY fact_group, extract, row_number, role
