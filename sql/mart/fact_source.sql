-- mart.fact_source: which rows the facts of a person rest on. Published as a view: written out, the persons' ids would
-- be most of it.
-- grain: a person × group of facts × source row
-- columns: person_id, fact_group, extract, row_number, role, detail
-- from: mart.fact_source_row, mart.identity_link
SELECT
    l.person_id,
    s.fact_group,
    s.extract,
    s.row_number,
    s.role,
    s.detail
FROM mart.fact_source_row AS s
INNER JOIN mart.identity_link AS l ON l.extract = s.extract AND l.row_number = s.row_number AND l.role = s.role
