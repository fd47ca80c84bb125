-- mart.fact_source: which rows the facts of a person rest on. One row: a person × group of facts × source row.
-- From facts.source, identity.person.
SELECT
    p.person_id,
    s.fact_group,
    s.extract,
    s.row_number,
    s.role,
    s.detail
FROM facts.source AS s
INNER JOIN identity.person AS p ON p.person_key = s.person_key
