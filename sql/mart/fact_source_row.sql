-- mart.fact_source_row: the source rows that facts rest on, without the person: mart.identity_link has her. One row: a group of
-- facts × source row × role. From facts.source.
SELECT
    fact_group,
    extract,
    row_number,
    role,
    detail
FROM facts.source
