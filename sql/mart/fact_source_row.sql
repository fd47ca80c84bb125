-- mart.fact_source_row: the source rows that facts rest on, without the person, whom mart.identity_link has.
-- grain: a group of facts × source row × role
-- columns: fact_group, extract, row_number, role, detail
-- from: facts.source
SELECT
    fact_group,
    extract,
    row_number,
    role,
    detail
FROM facts.source
